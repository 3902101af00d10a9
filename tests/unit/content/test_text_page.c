#include "content/format.h"

#include "../unit.h"

static const struct {
    const char *why, *text, *markdown;
} pages[] = {
    {"the first line that stands alone is the title", "Reiskosten\n\nJe krijgt geld.\n",
     "# Reiskosten\n\nJe krijgt geld.\n"},
    {"underlined", "Verlof\n======\nTekst.\nSoorten\n-------\nMeer.\n",
     "# Verlof\n\nTekst.\n\n## Soorten\n\nMeer.\n"},
    {"underlined below a blank line",
     "Verlof\n======\n\nTekst.\n\nSoorten\n-------\nMeer.\n",
     "# Verlof\n\nTekst.\n\n## Soorten\n\nMeer.\n"},
    {"numbered", "Titel\n\na.\n\n2. Opzeggen\n\nb.\n\n2.1 Termijn\n\nc.\n",
     "# Titel\n\na.\n\n## Opzeggen\n\nb.\n\n### Termijn\n\nc.\n"},
    {"capitals", "Titel\n\na.\n\nHOE VRAAG IK AAN?\n\nb.\n",
     "# Titel\n\na.\n\n## HOE VRAAG IK AAN?\n\nb.\n"},
    {"a sentence is no heading", "Titel\n\nDit is een zin.\n\nNog een zin.\n",
     "# Titel\n\nDit is een zin.\n\nNog een zin.\n"},
    {"a short line at the end is no heading", "Titel\n\nTekst.\n\nMet groet\n",
     "# Titel\n\nTekst.\n\nMet groet\n"},
    {"lists of word processors", "Titel\n\nIets:\n• een\n–\ttwee\n1. drie\n",
     "# Titel\n\nIets:\n- een\n- twee\n1. drie\n"},
    {"tabs are a table", "Titel\n\nx\ty\n1\t2|3\n",
     "# Titel\n\n| x | y |\n| --- | --- |\n| 1 | 2\\|3 |\n\n"},
    {"signs of Markdown are text", "Zie *dit* en <dat>.\n    ingesprongen\n",
     "Zie \\*dit\\* en \\<dat\\>.\ningesprongen\n"},
    {"front matter stays", "---\nowner: hr\n---\nTitel\n\nx.\n",
     "---\nowner: hr\n---\n\n# Titel\n\nx.\n"},
    {"nothing", "", ""},
};

static void texts_become_markdown(void **arena)
{
    for (size_t i = 0; i < LEN(pages); i++) {
        struct sheet s;
        text_page(*arena, str_c(pages[i].text), &s);
        CHECK_STR(buf_str(&s.out), pages[i].markdown, pages[i].why);
    }
}

static const struct {
    const char *path;
    enum format format;
    const char *stem;
} names[] = {
    {"nl/a.md", FORMAT_MARKDOWN, "nl/a"}, {"nl/a.HTM", FORMAT_HTML, "nl/a"},
    {"a.txt", FORMAT_TEXT, "a"},          {"a.b.csv", FORMAT_TABLE, "a.b"},
    {"a.docx", FORMAT_NONE, "a.docx"},    {".md", FORMAT_NONE, ".md"},
};

static void formats_are_told_by_their_endings(void **arena)
{
    (void)arena;
    for (size_t i = 0; i < LEN(names); i++) {
        CHECK_INT(format_of(str_c(names[i].path)), names[i].format, names[i].path);
        CHECK_STR(format_stem(str_c(names[i].path)), names[i].stem, names[i].path);
    }
}

UNIT_MAIN(UNIT(texts_become_markdown), UNIT(formats_are_told_by_their_endings))
