# balie: build, run, test. Start with `make run`; `make help` lists the rest.
#
# MODE=release (default), debug (ASan + UBSan; what the tests run), tsan, cov, fuzz.

MODE ?= release
BUILD := build/$(MODE)

# Debian 12 packages. RUN: to build and run. TEST, LINT: besides those.
RUN_PACKAGES := gcc make pkg-config libwebsockets-dev libwebsockets-evlib-ev libev-dev \
    libcurl4-openssl-dev libpcre2-dev libsqlite3-dev libcmark-gfm-dev \
    libcmark-gfm-extensions-dev libxml2-dev libjansson-dev libyaml-dev zlib1g-dev libutf8proc-dev libstemmer-dev \
    liblinear-dev libcjose-dev libssl-dev ca-certificates
TEST_PACKAGES := libcmocka-dev chromium curl pandoc poppler-utils sqlite3 libasan8 libubsan1 util-linux \
    request-tracker5 rt5-standalone rt5-db-sqlite rt5-clients dbconfig-no-thanks msmtp-mta \
    redmine redmine-sqlite ruby-webrick
FUZZ_PACKAGES := clang-14 libclang-rt-14-dev
LINT_PACKAGES := clang-format-14 clang-tidy-14 cppcheck python3
# Where Node.js is there already, whoever packaged it, it is not installed again.
NODE_PACKAGES := $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm)

CC := gcc
WARN := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
    -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Wundef -Werror
CPPFLAGS := -D_GNU_SOURCE -I. -Ibot -Itests/unit -isystem /usr/include/libxml2
LDLIBS := -lwebsockets -lev -lcurl -lpcre2-8 -lsqlite3 -lcmark-gfm -lcmark-gfm-extensions \
    -lxml2 -ljansson -lyaml -lutf8proc -lstemmer -llinear -lz -lcjose -lcrypto -lm -lpthread

CFLAGS_release := -O2 -g -fno-plt -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
CFLAGS_debug := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=undefined
LDFLAGS_debug := -fsanitize=address,undefined
CFLAGS_tsan := -O1 -g -fsanitize=thread
LDFLAGS_tsan := -fsanitize=thread
CFLAGS_cov := -O0 -g --coverage
LDFLAGS_cov := --coverage
CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=undefined
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined

CFLAGS = $(WARN) $(CFLAGS_$(MODE)) -MMD -MP
LDFLAGS = $(LDFLAGS_$(MODE))

# Layers, lowest first: a folder may include itself and lower numbers (tests/lint/layers.py).
FOLDERS := base text net store content rest nlu search dialogue app cli
ADAPTER_SOURCES := $(wildcard adapters/*/*.c)
BOT_SOURCES := $(foreach f,$(FOLDERS),$(wildcard bot/$(f)/*.c))
ASSETS := $(BUILD)/adapters/web/assets.o
OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(BOT_SOURCES) $(ADAPTER_SOURCES) bot/main.c) $(ASSETS)

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

build/balie: build/release/balie
	@cp -f $< $@

$(BUILD)/balie: $(OBJECTS)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

ifneq ($(MODE),release)
build/release/balie:
	@$(MAKE) --no-print-directory MODE=release $@
endif

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(ASSETS): adapters/web/assets.S $(wildcard adapters/web/*.html adapters/web/*.js)
	@mkdir -p $(@D)
	@$(CC) -c -o $@ $<

# --- packages: one apt-get call for what is missing ---
define install
	@missing=; for p in $(1); do \
	    dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif sudo -n true 2>/dev/null; then as=sudo; \
	else echo "make: these Debian packages are missing, and installing them needs root:"; \
	    echo "    apt-get install$$missing"; exit 1; fi; \
	echo "installing$$missing"; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive \
	    apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $$missing >/dev/null
endef
packages-run:
	$(call install,$(RUN_PACKAGES))
packages-test:
	$(call install,$(RUN_PACKAGES) $(TEST_PACKAGES) $(NODE_PACKAGES))
packages-lint:
	$(call install,$(RUN_PACKAGES) $(LINT_PACKAGES))

run: packages-run
	@$(MAKE) --no-print-directory build/balie
	@build/balie serve

# --- unit tests: make unit (all), make unit-text (one folder); built in MODE=debug by test ---
UNIT_FOLDERS := $(sort $(patsubst tests/unit/%/,%,$(dir $(wildcard tests/unit/*/test_*.c))))
unit_tests = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/$(1)/test_*.c))
objects_of = $(foreach f,$(USES_$(1)),$(patsubst %.c,$(BUILD)/%.o,$(wildcard bot/$(f)/*.c)))
ALL_UNIT_TESTS := $(foreach f,$(UNIT_FOLDERS),$(call unit_tests,$(f)))

# From a (thin) archive a test takes what it calls: a quarter of the room, and quicker to link.
define unit_rules
unit-$(1): $(call unit_tests,$(1))
	@for t in $$^; do echo "== $$$$t"; $$$$t || exit 1; done
$(BUILD)/unit-$(1).a: $(call objects_of,$(1)) $(if $(filter adapters,$(1)),$(ADAPTER_SOURCES:%.c=$(BUILD)/%.o) $(ASSETS))
	@rm -f $$@
	@ar rcsT $$@ $$^
$(call unit_tests,$(1)): $(BUILD)/tests/unit/$(1)/%: $(BUILD)/tests/unit/$(1)/%.o $(BUILD)/unit-$(1).a
	@echo "  LD $$@"
	@$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ -lcmocka $$(LDLIBS)
endef
$(foreach f,$(UNIT_FOLDERS),$(eval $(call unit_rules,$(f))))
unit: $(UNIT_FOLDERS:%=unit-%)
unit-build: $(ALL_UNIT_TESTS)

# --- everything that checks it ---
test: packages-test
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=debug unit-build build/debug/balie build/balie
	@tests/run $(ALL_UNIT_TESTS:$(BUILD)/%=build/debug/%)

lint: packages-lint
	@tests/lint/run

# --- fuzzing (clang's libFuzzer): make fuzz-content_card SECONDS=60, make fuzz for all ---
# tests/fuzz/FOLDER_THING.c is linked with what the unit tests of FOLDER are linked with.
# What it finds stays in build/fuzz/found; what it learnt, in build/fuzz/corpus.
SECONDS := 60
FUZZ_CC := $(CC:%gcc=%clang-14)
FUZZES := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
fuzz_folder = $(firstword $(subst _, ,$(1)))
define fuzz_rules
build/fuzz/$(1): build/fuzz/tests/fuzz/$(1).o $(call objects_of,$(call fuzz_folder,$(1))) $(if $(filter adapters,$(call fuzz_folder,$(1))),$(ADAPTER_SOURCES:%.c=$(BUILD)/%.o) $(ASSETS))
	@echo "  LD $$@"
	@$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
fuzz-$(1): packages-fuzz
	@$$(MAKE) --no-print-directory MODE=fuzz CC="$$(FUZZ_CC)" build/fuzz/$(1)
	@mkdir -p build/fuzz/corpus/$(1) build/fuzz/found tests/fuzz/seeds/$(1)
	@build/fuzz/$(1) -max_total_time=$$(SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=4096 \
	    -verbosity=0 -print_final_stats=1 -artifact_prefix=build/fuzz/found/$(1)- \
	    build/fuzz/corpus/$(1) tests/fuzz/seeds/$(1) && echo "$(1): $$(SECONDS) s, clean"
endef
$(foreach f,$(FUZZES),$(eval $(call fuzz_rules,$(f))))
fuzz: $(FUZZES:%=fuzz-%)
packages-fuzz:
	$(call install,$(RUN_PACKAGES) $(FUZZ_PACKAGES))

# 200 hand-offs while Request Tracker and balie fall over at random (about ten minutes)
soak-desk: packages-test
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=debug build/debug/balie
	@cd tests/e2e && npm ci --no-audit --no-fund --silent
	@HANDOFFS=$${HANDOFFS:-200} node --test --test-reporter=spec tests/e2e/soak.test.mjs

# --- benchmarks: figures, no verdict ---
BENCHES := $(patsubst tests/bench/bench_%.c,%,$(wildcard tests/bench/bench_*.c))
BENCH_USES_intents := nlu
BENCH_USES_knowledge := search
BENCH_USES_store := store
BENCH_USES_dialogue := app
BENCH_USES_desk := app
define bench_rules
build/bench/$(1): $(patsubst %.c,build/release/%.o,tests/bench/bench_$(1).c $(addprefix tests/bench/,$(BENCH_WITH_$(1)))) $(foreach f,$(USES_$(BENCH_USES_$(1))),$(patsubst %.c,build/release/%.o,$(wildcard bot/$(f)/*.c))) $(patsubst %.c,build/release/%.o,$(wildcard $(BENCH_ADAPTERS_$(1))))
	@mkdir -p $$(@D)
	@$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
BENCH_ADAPTERS_desk := adapters/servicedesk/rest*.c
BENCH_WITH_knowledge := handbook.c
$(foreach b,$(BENCHES),$(eval $(call bench_rules,$(b))))
bench-intents bench-knowledge bench-store bench-serve bench-dialogue bench-desk bench-sensitive: bench-%:
	@$(MAKE) --no-print-directory MODE=release build/balie $(if $(filter $*,$(BENCHES)),build/bench/$*)
	@tests/bench/$*.sh

help:
	@echo "make            build/balie"
	@echo "make run        install what is missing, build, serve http://127.0.0.1:8080"
	@echo "make test       every test; last line: N passed, N failed"
	@echo "make unit-nlu   the unit tests of one folder (MODE=debug for the sanitizers)"
	@echo "make fuzz       libFuzzer, SECONDS=60 for each target of tests/fuzz; make fuzz-NAME: one"
	@echo "make soak-desk  200 hand-offs while the servicedesk and balie fall over"
	@echo "make lint       formatting, clang-tidy, cppcheck, layers, banned words, settings"
	@echo "make bench-intents | bench-knowledge | bench-serve | bench-store | bench-desk | bench-sensitive"
	@echo "make clean"

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
.PHONY: all run test soak-desk lint unit unit-build clean help packages-run packages-test packages-lint \
    packages-fuzz fuzz $(FUZZES:%=fuzz-%) $(UNIT_FOLDERS:%=unit-%) bench-intents \
    bench-knowledge bench-store bench-serve bench-dialogue bench-desk bench-sensitive
.SECONDARY:
.DELETE_ON_ERROR:
