#!/bin/sh
# redmine.sh - run Debian's Redmine as a real servicedesk for the tests.
#
#   redmine.sh start|stop|seed|status|freeze|thaw|kill
#
# Environment (all optional):
#   REDMINE_PORT   port on 127.0.0.1; 0: any free one, kept in $REDMINE_DATA/port
#                  (default: what was kept there, else 18190)
#   REDMINE_DATA   data folder, made if missing   (default ${TMPDIR:-/tmp}/redmine)
#
# start  installs the packages if missing, copies the program into the data folder (the
#        package keeps its settings below /usr/share), makes and seeds the SQLite database
#        if missing, starts WEBrick, waits until the REST API answers.
# The rest as in rt5.sh.
#
# Projects: hr and hr-closed with the custom fields `balie key` and `employee`; bare without
# them; read-only, where our account may only look.
# After start:  $REDMINE_DATA/url          http://127.0.0.1:PORT
#               $REDMINE_DATA/token        API key of the user balie (not an administrator)
#               $REDMINE_DATA/agent.token  API key of the human agent hragent, Hanna Agent
#               $REDMINE_DATA/values.json  the numbers that the profile asks for
set -eu

DATA=${REDMINE_DATA:-${TMPDIR:-/tmp}/redmine}
SHARE=/usr/share/redmine

mkdir -p "$DATA"; DATA=$(cd "$DATA" && pwd)
case $DATA in *[!A-Za-z0-9/_.+-]*) echo "redmine.sh: REDMINE_DATA has odd characters" >&2; exit 2;; esac
PORT=${REDMINE_PORT:-$(cat "$DATA/port" 2>/dev/null || echo 18190)}
case $PORT in ''|*[!0-9]*) echo "redmine.sh: REDMINE_PORT must be a number" >&2; exit 2;; esac
APP=$DATA/app
OWN=$APP/instances/balie

say() { echo "redmine.sh: $*" >&2; }

install_redmine() {
	[ -e "$SHARE/config.ru" ] && command -v curl >/dev/null &&
		dpkg -s redmine-sqlite ruby-webrick >/dev/null 2>&1 && return 0
	[ "$(id -u)" = 0 ] || { say "packages missing and not root"; exit 1; }
	say "installing packages"
	export DEBIAN_FRONTEND=noninteractive
	set -- -o DPkg::Lock::Timeout=300
	apt-get "$@" update -qq >>"$DATA/install.log" 2>&1 || true
	# dbconfig-no-thanks: no system-wide database
	apt-get "$@" install -y --no-install-recommends \
		redmine redmine-sqlite ruby-webrick dbconfig-no-thanks curl >>"$DATA/install.log" 2>&1 ||
		{ say "install failed, see $DATA/install.log"; exit 1; }
}

# nothing of the caller's Ruby, and nothing outside the data folder
in_app() {
	(cd "$APP" && env -i PATH="$PATH" HOME="$DATA" LANG=C.UTF-8 TZ=UTC RAILS_ENV=production \
		REDMINE_INSTANCE=balie BUNDLE_WITHOUT=test BUNDLE_APP_CONFIG="$DATA/bundle" \
		SEED_DIR="$DATA" "$@")
}

configure() {
	rm -rf "$APP"
	mkdir -p "$APP"
	for part in app bin config db lib public Gemfile Rakefile config.ru; do
		cp -rL --no-preserve=ownership "$SHARE/$part" "$APP/" 2>/dev/null || true # dangling: database.yml
	done
	mkdir -p "$OWN/config" "$OWN/files" "$OWN/log" "$OWN/tmp" "$OWN/public/plugin_assets" \
		"$APP/lib/plugins"
	cat >"$OWN/config/database.yml" <<-CONF
		production:
		  adapter: sqlite3
		  database: $DATA/redmine.sqlite
		  timeout: 10000
	CONF
	rm -f "$APP/config/database.yml"
	cp "$OWN/config/database.yml" "$APP/config/database.yml"
	printf 'gem "sqlite3", "~> 1.4.0"\ngem "webrick"\n' >"$APP/Gemfile.local"
	od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$OWN/config/secret_key.txt"
}

write_seed() {
	cat >"$DATA/seed.rb" <<-'RUBY'
		Redmine::DefaultData::Loader.load('en')
		Setting.rest_api_enabled = '1'
		Setting.login_required = '1'
		Setting.text_formatting = ''
		field = lambda do |name|
		  IssueCustomField.create!(name: name, field_format: 'string', is_filter: true,
		    is_for_all: false, trackers: Tracker.all.to_a)
		end
		fields = [field.('balie key'), field.('employee')]
		project = lambda do |name, id, own|
		  p = Project.new(name: name, identifier: id, is_public: false)
		  p.enabled_module_names = ['issue_tracking']
		  p.trackers = Tracker.all.to_a
		  p.save!
		  p.issue_custom_fields = own
		  p
		end
		hr, closed, bare, shut = project.('HR', 'hr', fields), project.('HR closed', 'hr-closed', fields),
		  project.('Bare', 'bare', []), project.('Read only', 'read-only', fields)
		manager = Role.find_by!(name: 'Manager')
		bot = Role.create!(name: 'Bot', assignable: false, issues_visibility: 'all',
		  permissions: [:view_issues, :add_issues, :edit_issues, :add_issue_notes])
		bot.copy_workflow_rules(manager)
		looker = Role.create!(name: 'Looker', assignable: false, issues_visibility: 'all',
		  permissions: [:view_issues])
		user = lambda do |login, first, last|
		  u = User.new(firstname: first, lastname: last, mail: "#{login}@rig.test", language: 'en')
		  u.login = login
		  u.password = u.password_confirmation = SecureRandom.hex(12)
		  u.save!
		  u
		end
		balie, agent = user.('balie', 'HR', 'chatbot'), user.('hragent', 'Hanna', 'Agent')
		[hr, closed, bare].each do |p|
		  Member.create!(project: p, principal: balie, roles: [bot])
		  Member.create!(project: p, principal: agent, roles: [manager])
		end
		Member.create!(project: shut, principal: balie, roles: [looker])
		dir = ENV.fetch('SEED_DIR')
		File.write("#{dir}/agent.token", agent.api_key + "\n")
		status = ->(name) { IssueStatus.find_by!(name: name).id.to_s }
		File.write("#{dir}/values.json", { key_field: fields[0].id.to_s, person_field: fields[1].id.to_s,
		  tracker: Tracker.find_by!(name: 'Support').id.to_s,
		  withdrawn: status.('Rejected'), reopened: status.('New') }.to_json)
		File.write("#{dir}/token", balie.api_key + "\n")
	RUBY
}

seed() {
	install_redmine
	[ -e "$DATA/seeded" ] && return 0
	say "making the database"
	rm -f "$DATA/redmine.sqlite" "$DATA/token"
	configure
	write_seed
	in_app ruby bin/rake db:migrate >"$DATA/setup.log" 2>&1 </dev/null ||
		{ say "migration failed, see $DATA/setup.log"; exit 1; }
	in_app ruby bin/rails runner "$DATA/seed.rb" >>"$DATA/setup.log" 2>&1 </dev/null ||
		{ say "seed failed, see $DATA/setup.log"; exit 1; }
	[ -s "$DATA/token" ] || { say "no token made, see $DATA/setup.log"; exit 1; }
	: >"$DATA/seeded"
}

free_port() {
	ruby -rsocket -e 'puts TCPServer.new("127.0.0.1", 0).addr[1]'
}

answers() {
	curl -s --noproxy '*' --max-time 5 -o /dev/null -w '%{http_code}' \
		-H "X-Redmine-API-Key: $(cat "$DATA/token" 2>/dev/null)" \
		"http://127.0.0.1:$PORT/projects/hr.json" 2>/dev/null | grep -q '^200$'
}

# our own server, and not another process that got the same number
alive() {
	[ -s "$DATA/pid" ] && kill -0 "$(cat "$DATA/pid")" 2>/dev/null &&
		[ "$(readlink "/proc/$(cat "$DATA/pid")/cwd" 2>/dev/null)" = "$APP" ]
}

start() {
	seed
	if [ "$PORT" = 0 ]; then
		[ -s "$DATA/port" ] || free_port >"$DATA/port"
		PORT=$(cat "$DATA/port")
	fi
	if alive && answers; then say "already running on 127.0.0.1:$PORT"; return 0; fi
	if alive; then stop; fi
	if curl -s --noproxy '*' --max-time 2 -o /dev/null "http://127.0.0.1:$PORT/"; then
		say "port $PORT is taken by something else"; exit 1
	fi
	# exec: what is recorded is the server itself, in a process group of its own
	(
		exec >>"$DATA/server.log" 2>&1 </dev/null
		in_app setsid sh -c 'echo $$ >"$SEED_DIR/pid"; exec ruby bin/rails server -u webrick -b 127.0.0.1 -p "$0" -P "$SEED_DIR/rails.pid"' "$PORT"
	) &
	n=0
	until answers; do
		n=$((n + 1)); [ $n -lt 120 ] || { say "no answer in 60 s, see $DATA/server.log"; stop; exit 1; }
		[ $n -lt 4 ] || alive || { say "server died, see $DATA/server.log"; tail -5 "$DATA/server.log" >&2; exit 1; }
		sleep 0.5
	done
	printf '%s\n' "$PORT" >"$DATA/port"
	printf 'http://127.0.0.1:%s\n' "$PORT" >"$DATA/url"
	say "running on http://127.0.0.1:$PORT (token file: $DATA/token)"
}

signal() {
	alive || { say "not running"; exit 1; }
	kill -s "$1" -- "-$(cat "$DATA/pid")"
}

stop() {
	if alive; then
		pid=$(cat "$DATA/pid")
		kill -s CONT -- "-$pid" 2>/dev/null || true # a frozen server hears no TERM
		kill -TERM "$pid" 2>/dev/null || true
		n=0
		while kill -0 "$pid" 2>/dev/null && [ $n -lt 40 ]; do n=$((n + 1)); sleep 0.25; done
		kill -s KILL -- "-$pid" 2>/dev/null || true
	fi
	rm -f "$DATA/pid" "$DATA/rails.pid"
}

case ${1:-} in
start) start ;;
seed) seed ;;
stop) stop ;;
freeze) signal STOP ;;
thaw) signal CONT ;;
kill) signal KILL && rm -f "$DATA/pid" "$DATA/rails.pid" ;;
status)
	if alive && answers; then
		echo "running port=$PORT pid=$(cat "$DATA/pid") token=$DATA/token"
	else echo "not running port=$PORT data=$DATA"; exit 1; fi ;;
*) echo "usage: redmine.sh start|stop|seed|status|freeze|thaw|kill" >&2; exit 2 ;;
esac
