# balie: build, run, test. Start with `make run`; `make help` lists the rest.
#
# MODE=release (default; build/balie), debug (ASan + UBSan; what the tests run), cov, fuzz.

MODE ?= release
BUILD := build/$(MODE)

# Debian 12 packages. RUN: to build and run. TEST: what `make test` needs besides.
RUN_PACKAGES := gcc make pkg-config libwebsockets-dev libwebsockets-evlib-ev libev-dev \
    libcurl4-openssl-dev libpcre2-dev libsqlite3-dev libcmark-gfm-dev \
    libcmark-gfm-extensions-dev libjansson-dev libyaml-dev libutf8proc-dev libstemmer-dev \
    liblinear-dev libssl-dev ca-certificates
TEST_PACKAGES := libcmocka-dev nodejs npm curl sqlite3 request-tracker5 rt5-standalone \
    rt5-db-sqlite rt5-clients dbconfig-no-thanks msmtp-mta
LINT_PACKAGES := clang-format-14 clang-tidy-14 cppcheck python3

CC ?= gcc
WARN := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
    -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef -Werror
CPPFLAGS := -D_GNU_SOURCE -I. -Ibot -Itests/unit
LDLIBS := -lwebsockets -lev -lcurl -lpcre2-8 -lsqlite3 -lcmark-gfm -lcmark-gfm-extensions \
    -ljansson -lyaml -lutf8proc -lstemmer -llinear -lcrypto -lm -lpthread

CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
CFLAGS_debug := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=undefined
LDFLAGS_debug := -fsanitize=address,undefined
CFLAGS_tsan := -O1 -g -fsanitize=thread
LDFLAGS_tsan := -fsanitize=thread
CFLAGS_cov := -O0 -g --coverage
LDFLAGS_cov := --coverage

CFLAGS = $(WARN) $(CFLAGS_$(MODE)) -MMD -MP
LDFLAGS = $(LDFLAGS_$(MODE))

# Layers, lowest first: a folder may include itself and lower numbers (tests/lint/layers).
FOLDERS := base text net store content rest nlu search dialogue app cli
ADAPTER_SOURCES := $(wildcard adapters/*/*.c)
BOT_SOURCES := $(foreach f,$(FOLDERS),$(wildcard bot/$(f)/*.c))
SOURCES := $(BOT_SOURCES) $(ADAPTER_SOURCES) $(wildcard bot/main.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/adapters/web/assets.o

# What the unit tests of a folder are linked with: its own objects and its lower layers'.
USES_base := base
USES_text := base text
USES_net := base net
USES_store := base store
USES_content := base text store content
USES_rest := base net store rest
USES_nlu := base text store content nlu
USES_search := base text store content search
USES_dialogue := base text store content nlu search dialogue
USES_app := base text net store content rest nlu search dialogue app
USES_adapters := $(USES_app)

all: build/balie

build/balie: $(if $(filter release,$(MODE)),build/release/balie)
	@test "$(MODE)" != release || cp -f build/release/balie $@

$(BUILD)/balie: $(OBJECTS)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/adapters/web/assets.o: adapters/web/assets.S $(wildcard adapters/web/*.html adapters/web/*.js)
	@mkdir -p $(@D)
	@$(CC) -c -o $@ $<

# --- unit tests: make unit (all), make unit-text (one folder) ---
UNIT_FOLDERS := $(notdir $(wildcard tests/unit/*))
UNIT_FOLDERS := $(filter-out unit.h,$(UNIT_FOLDERS))
unit_tests = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/$(1)/test_*.c))
objects_of = $(foreach f,$(USES_$(1)),$(patsubst %.c,$(BUILD)/%.o,$(wildcard bot/$(f)/*.c)))

define unit_rules
unit-$(1): $(call unit_tests,$(1))
	@for t in $$^; do echo "== $$$$t"; $$$$t || exit 1; done
$(call unit_tests,$(1)): $(BUILD)/tests/unit/$(1)/%: $(BUILD)/tests/unit/$(1)/%.o $(call objects_of,$(1)) $(if $(filter adapters,$(1)),$(ADAPTER_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/adapters/web/assets.o)
	@echo "  LD $$@"
	@$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ -lcmocka $$(LDLIBS)
.PRECIOUS: $(call unit_tests,$(1):%=%.o)
endef
$(foreach f,$(UNIT_FOLDERS),$(eval $(call unit_rules,$(f))))
unit: $(UNIT_FOLDERS:%=unit-%)

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
.PHONY: all clean unit $(UNIT_FOLDERS:%=unit-%)
.SECONDARY:
