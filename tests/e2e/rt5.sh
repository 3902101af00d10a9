#!/bin/sh
# rt5.sh - run Debian's Request Tracker 5 as a real servicedesk for the tests.
#
#   rt5.sh start|stop|seed|status|freeze|thaw|kill
#
# Environment (all optional):
#   RT5_PORT     port on 127.0.0.1; 0: any free one, kept in $RT5_DATA/port
#                (default: what was kept there, else 18180)
#   RT5_DATA     data folder, made if missing   (default ${TMPDIR:-/tmp}/rt5)
#   RT5_WEBHOOK  URL that the seeded scrip POSTs ticket events to; loopback
#                only; read at every event from $RT5_DATA/webhook.url, so it may
#                be changed while RT runs (empty file = no webhook)
#   RT5_WEBHOOK_SECRET  HMAC-SHA256 key of X-RT-Signature (default rig-secret)
#   RT5_WORKERS  preforked workers              (default 3)
#   RT5_ROOT_PW / RT5_BOT_PW  passwords         (default rigpass / botpass)
#
# start  installs the packages if missing, makes and seeds the SQLite database
#        if missing, starts the server, waits until REST2 answers.
# seed   only the install + database + seed part (no server left running).
# stop   ends the server by its recorded pid.
# status prints port, pid, token file, and exits 0 only when REST2 answers.
# freeze stops every process of the server in mid-request (SIGSTOP): connections are
#        still accepted by the kernel, nothing is answered.  thaw lets it go on.
# kill   ends it at once (SIGKILL), as a power cut would.
#
# Queues: HR and HR-closed with the custom fields ConversationId, IdempotencyKey and
# EmployeeId (HR also Intent); Bare without any, as an administrator who forgot them.
# After start:  $RT5_DATA/url    holds  http://127.0.0.1:PORT,
#               $RT5_DATA/token  holds  "token <string>" ready for the
# Authorization header of the seeded user balie (not an administrator).
set -eu

DATA=${RT5_DATA:-${TMPDIR:-/tmp}/rt5}
WORKERS=${RT5_WORKERS:-3}
ROOT_PW=${RT5_ROOT_PW:-rigpass}
BOT_PW=${RT5_BOT_PW:-botpass}
SECRET=${RT5_WEBHOOK_SECRET:-rig-secret}
SERVER=/usr/share/request-tracker5/libexec/rt-server
SETUP=/usr/sbin/rt-setup-database-5

mkdir -p "$DATA"; DATA=$(cd "$DATA" && pwd)
PORT=${RT5_PORT:-$(cat "$DATA/port" 2>/dev/null || echo 18180)}
case $PORT in ''|*[!0-9]*) echo "rt5.sh: RT5_PORT must be a number" >&2; exit 2;; esac
if [ "$PORT" = 0 ]; then
	[ -s "$DATA/port" ] || perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(
		Listen => 1, LocalAddr => "127.0.0.1")->sockport' >"$DATA/port"
	PORT=$(cat "$DATA/port")
fi
case $DATA in *[!A-Za-z0-9/_.+-]*) echo "rt5.sh: RT5_DATA has odd characters" >&2; exit 2;; esac
export RT_SITE_CONFIG="$DATA/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$DATA/SiteConfig.d"

say() { echo "rt5.sh: $*" >&2; }

install_rt() {
	[ -x "$SERVER" ] && [ -x "$SETUP" ] && command -v curl >/dev/null &&
		dpkg -s rt5-db-sqlite rt5-standalone >/dev/null 2>&1 && return 0
	[ "$(id -u)" = 0 ] || { say "packages missing and not root"; exit 1; }
	say "installing packages"
	export DEBIAN_FRONTEND=noninteractive
	set -- -o DPkg::Lock::Timeout=300
	apt-get "$@" update -qq >>"$DATA/install.log" 2>&1 || true
	# dbconfig-no-thanks: no system-wide database; msmtp-mta: no mail daemon
	apt-get "$@" install -y --no-install-recommends \
		request-tracker5 rt5-standalone rt5-db-sqlite rt5-clients \
		dbconfig-no-thanks msmtp-mta curl >>"$DATA/install.log" 2>&1 ||
		{ say "install failed, see $DATA/install.log"; exit 1; }
}

configure() {
	mkdir -p "$RT_SITE_CONFIG_DIR" "$DATA/mason" "$DATA/session" "$DATA/var"
	# outgoing mail goes to a file, never to a network
	printf '#!/bin/sh\ncat >>"%s/mail.out"\n' "$DATA" >"$DATA/sendmail"
	chmod 755 "$DATA/sendmail"
	if [ "${RT5_WEBHOOK+set}" = set ]; then printf '%s\n' "$RT5_WEBHOOK" >"$DATA/webhook.url"
	elif [ ! -e "$DATA/webhook.url" ]; then : >"$DATA/webhook.url"; fi
	printf '%s' "$SECRET" >"$DATA/webhook.secret"
	cat >"$RT_SITE_CONFIG" <<-CONF
		Set(\$rtname, 'rig');
		Set(\$Organization, 'rig.test');
		Set(\$WebDomain, '127.0.0.1');
		Set(\$WebPort, $PORT);
		Set(\$WebPath, '');
		Set(\$Timezone, 'UTC');
		Set(\$DatabaseType, 'SQLite');
		Set(\$DatabaseName, '$DATA/rt5.sqlite');
		Set(\$DatabaseUser, '');
		Set(\$DatabasePassword, '');
		Set(\$CorrespondAddress, 'hr\@rig.test');
		Set(\$CommentAddress, 'hr-comment\@rig.test');
		Set(\$MailCommand, 'sendmailpipe');
		Set(\$SendmailPath, '$DATA/sendmail');
		Set(\$LogToSTDERR, 'warning');
		Set(\$LogToSyslog, undef);
		Set(\$LogToFile, undef);
		Set(\$ShowHistory, 'always');
		\$RT::MasonDataDir    = '$DATA/mason';
		\$RT::MasonSessionDir = '$DATA/session';
		\$RT::VarPath         = '$DATA/var';
		1;
	CONF
}

write_seed() {
	cat >"$DATA/seed.pl" <<-'PERL'
		use strict; use warnings;
		our (@Queues, @Users, @CustomFields, @ACL, @Templates, @Scrips, @Final);
		my $dir = $ENV{RT5_SEED_DIR};
		@Queues = (
		  { Name => 'HR', Description => 'HR self-service',
		    CorrespondAddress => 'hr@rig.test', CommentAddress => 'hr-comment@rig.test' },
		  { Name => 'HR-closed', Description => 'HR, confidential' },
		  { Name => 'Bare', Description => 'no custom fields' },
		);
		@Users = (
		  { Name => 'balie',   Password => $ENV{RT5_SEED_BOT_PW}, EmailAddress => 'balie@rig.test',
		    RealName => 'HR chatbot', Privileged => 1 },
		  { Name => 'hragent', Password => 'agentpass', EmailAddress => 'hragent@rig.test',
		    RealName => 'Hanna Agent', Privileged => 1 },
		);
		@CustomFields = (
		  { Name => 'ConversationId', Type => 'FreeformSingle', Queue => ['HR', 'HR-closed'] },
		  { Name => 'IdempotencyKey', Type => 'FreeformSingle', Queue => ['HR', 'HR-closed'] },
		  { Name => 'EmployeeId',     Type => 'FreeformSingle', Queue => ['HR', 'HR-closed'] },
		  { Name => 'Intent', Type => 'SelectSingle', Queue => ['HR'],
		    Values => [ map +{ Name => $_, SortOrder => 1 }, qw(leave payroll onboarding sickness other) ] },
		);
		my @q = qw(SeeQueue ShowTicket CreateTicket ReplyToTicket CommentOnTicket
		           ShowTicketComments ModifyTicket SeeCustomField ModifyCustomField WatchAsAdminCc);
		@ACL = (
		  (map { my $queue = $_; map +{ UserId => 'balie', Queue => $queue, Right => $_ }, @q }
		    'HR', 'HR-closed', 'Bare'),
		  (map +{ UserId => 'hragent', Queue => 'HR', Right => $_ }, @q, qw(OwnTicket TakeTicket StealTicket)),
		  { UserId => 'balie', Right => 'ManageAuthTokens' },
		  { UserId => 'balie', Right => 'ModifySelf' },
		  { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Queue => 'HR', Right => 'CreateTicket' },
		  { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Queue => 'HR', Right => 'ReplyToTicket' },
		);
		# one scrip per event kind; each POSTs a small JSON to the URL in webhook.url
		my $post = <<'CODE';
		use LWP::UserAgent; use JSON (); use Digest::SHA ();
		my $dir = $RT::VarPath . '/..';
		my $slurp = sub { open my $f, '<', $_[0] or return ''; local $/; my $t = <$f>; $t //= ''; $t =~ s/\s+\z//; $t };
		my $url = $slurp->("$dir/webhook.url") or return 1;
		my ($t, $x) = ($self->TicketObj, $self->TransactionObj);
		my $body = JSON->new->utf8->canonical->encode({
		  event => $x->Type, field => $x->Field, old => $x->OldValue, new => $x->NewValue,
		  transaction => 0 + $x->Id, created => $x->CreatedObj->W3CDTF, creator => $x->CreatorObj->Name,
		  ticket => 0 + $t->Id, status => $t->Status, owner => $t->OwnerObj->Name, subject => $t->Subject,
		  content => ($x->Type eq 'Correspond' ? ($x->Content(Type => 'text/plain') // '') : undef),
		  conversation => ($t->FirstCustomFieldValue('ConversationId') // undef),
		  idempotency => ($t->FirstCustomFieldValue('IdempotencyKey') // undef),
		});
		my $mac = Digest::SHA::hmac_sha256_hex($body, $slurp->("$dir/webhook.secret"));
		my $r = LWP::UserAgent->new(timeout => 3, env_proxy => 0)->post($url,
		  'Content-Type' => 'application/json', 'X-RT-Signature' => "sha256=$mac", Content => $body);
		RT->Logger->warning('webhook: ' . $r->status_line) unless $r->is_success;
		return 1;
		CODE
		@Scrips = map +{ Description => "HR webhook: $_", Queue => 'HR', ScripCondition => $_,
		  ScripAction => 'User Defined', Template => 'Blank', CustomIsApplicableCode => '',
		  CustomPrepareCode => 'return 1;', CustomCommitCode => $post },
		  'On Correspond', 'On Status Change', 'On Owner Change';
		@Final = (sub {
		  my $u = RT::CurrentUser->new(RT->SystemUser); $u->Load('balie') or die 'no balie';
		  my $a = RT::AuthToken->new(RT->SystemUser);
		  my ($id, $msg, $str) = $a->Create(Owner => $u->Id, Description => 'rig');
		  die "token: $msg" unless $id;
		  open my $f, '>', "$dir/token.new" or die "token: $!"; print $f "token $str\n"; close $f;
		  rename "$dir/token.new", "$dir/token" or die "token: $!";
		});
		1;
	PERL
}

seed() {
	install_rt
	configure
	[ -e "$DATA/seeded" ] && return 0
	say "making the database"
	rm -f "$DATA/rt5.sqlite" "$DATA/token"
	write_seed
	printf '%s\n' "$ROOT_PW" >"$DATA/root.pw"
	"$SETUP" --action init --root-password-file "$DATA/root.pw" --dba '' --dba-password '' >"$DATA/setup.log" 2>&1 </dev/null ||
		{ say "init failed, see $DATA/setup.log"; exit 1; }
	RT5_SEED_DIR=$DATA RT5_SEED_BOT_PW=$BOT_PW "$SETUP" --action insert --datafile "$DATA/seed.pl" \
		--dba '' --dba-password '' >>"$DATA/setup.log" 2>&1 </dev/null ||
		{ say "seed failed, see $DATA/setup.log"; exit 1; }
	[ -s "$DATA/token" ] || { say "no token made, see $DATA/setup.log"; exit 1; }
	: >"$DATA/seeded"
}

answers() {
	curl -s --noproxy '*' --max-time 5 -o /dev/null -w '%{http_code}' \
		-H "Authorization: $(cat "$DATA/token" 2>/dev/null)" \
		"http://127.0.0.1:$PORT/REST/2.0/queue/HR" 2>/dev/null | grep -q '^200$'
}

# our own server, and not another process that got the same number
alive() {
	[ -s "$DATA/pid" ] && kill -0 "$(cat "$DATA/pid")" 2>/dev/null &&
		tr '\0' ' ' <"/proc/$(cat "$DATA/pid")/cmdline" 2>/dev/null | grep -q "rt-server.* $PORT "
}

start() {
	seed
	if alive && answers; then say "already running on 127.0.0.1:$PORT"; return 0; fi
	if alive; then stop; fi
	# rt-server preforks with Starlet
	if curl -s --noproxy '*' --max-time 2 -o /dev/null "http://127.0.0.1:$PORT/"; then
		say "port $PORT is taken by something else"; exit 1
	fi
	setsid "$SERVER" --host 127.0.0.1 --port "$PORT" --max-workers "$WORKERS" \
		>>"$DATA/server.log" 2>&1 </dev/null &
	echo $! >"$DATA/pid"
	n=0
	until answers; do
		alive || { say "server died, see $DATA/server.log"; tail -5 "$DATA/server.log" >&2; exit 1; }
		n=$((n + 1)); [ $n -lt 120 ] || { say "no answer in 60 s, see $DATA/server.log"; stop; exit 1; }
		sleep 0.5
	done
	printf '%s\n' "$PORT" >"$DATA/port"
	printf 'http://127.0.0.1:%s\n' "$PORT" >"$DATA/url"
	say "running on http://127.0.0.1:$PORT/REST/2.0 (token file: $DATA/token)"
}

# the server and its workers are one process group of their own (setsid)
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
	rm -f "$DATA/pid"
}

case ${1:-} in
start) start ;;
seed) seed ;;
stop) stop ;;
freeze) signal STOP ;;
thaw) signal CONT ;;
kill) signal KILL && rm -f "$DATA/pid" ;;
status)
	if alive && answers; then
		echo "running port=$PORT pid=$(cat "$DATA/pid") token=$DATA/token"
	else echo "not running port=$PORT data=$DATA"; exit 1; fi ;;
*) echo "usage: rt5.sh start|stop|seed|status|freeze|thaw|kill" >&2; exit 2 ;;
esac
