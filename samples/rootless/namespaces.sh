# Read by the scripts that run programs in network namespaces without root: capture, ../topology/three-hosts and
# ../captures/make. They set $home, the project, and $work, a folder of their own that they remove.
# shellcheck shell=bash

: "${RECORD:=lab}"

fail() { printf 'error: %s\n' "$1" >&2; exit "${2:-1}"; }
say() { printf '%s\n' "$*"; }

need() {
  local program
  for program; do
    command -v "$program" > /dev/null || fail "no $program found - on Debian or Ubuntu: sudo apt install $(package "$program")"
  done
}

# Ends with a message where RECORD names no recorder, or one that is not installed.
need_recorder() {
  case $RECORD in
    lab) ;;
    tcpdump | dumpcap) need "$RECORD" ;;
    *) fail "RECORD=$RECORD: wanted lab, tcpdump or dumpcap" 2 ;;
  esac
}

package() {
  case $1 in
    ip | ss) echo iproute2 ;;
    unshare | nsenter) echo util-linux ;;
    dumpcap | capinfos | editcap) echo wireshark-common ;;
    *) echo "$1" ;;
  esac
}

setting_is() { [ -r "/proc/sys/$1" ] && [ "$(cat "/proc/sys/$1")" = "$2" ]; }

# Ends with a message that helps where user namespaces are forbidden.
need_namespaces() {
  need unshare ip
  # Bringing an interface up needs the rights that a user namespace gives: with AppArmor one may be made, and has none.
  unshare --user --map-root-user --net ip link set lo up 2> /dev/null && return
  local why='' remedy
  if setting_is user/max_user_namespaces 0; then
    why='user.max_user_namespaces is 0' remedy='sudo sysctl -w user.max_user_namespaces=15000'
  elif setting_is kernel/unprivileged_userns_clone 0; then
    why='kernel.unprivileged_userns_clone is 0' remedy='sudo sysctl -w kernel.unprivileged_userns_clone=1'
  elif setting_is kernel/apparmor_restrict_unprivileged_userns 1; then
    why='AppArmor gives them no rights (Ubuntu 23.10 and newer; kernel.apparmor_restrict_unprivileged_userns is 1)'
    remedy='sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  else
    why='the system does not say why' remedy='in a container: docker run --security-opt seccomp=unconfined; else run this as root'
  fi
  fail "this user may not make user namespaces: $why - $remedy"
}

# The options of unshare for a user who may do everything in the new namespaces, but is not root there: a tcpdump that
# is root wants to become the user tcpdump, and there is none. (Short form, for anything else: --user --map-root-user.)
not_root() {
  local me
  me=$(id -u)
  [ "$me" != 0 ] || me=1000
  printf '%s\n' --user --map-user="$me" --map-group="$me" --keep-caps
}

# ---- programs in the background ------------------------------------------------------------------------------------

pids=()
recorders=()

# Starts a program and waits for a line of its standard error or output that contains $1.
# Its number is in $started then; what it prints is in $work/<number>.log. $input: its standard input.
start_until() {
  local ready=$1 line pipe=$work/ready.fifo
  shift
  mkfifo "$pipe"
  "$@" > "$pipe" 2>&1 < "${input:-/dev/null}" &
  started=$!
  exec {from}< "$pipe"
  rm "$pipe"
  local said=
  while IFS= read -r -t 60 line <&"$from"; do
    said+=$line$'\n'
    if [[ $line == *"$ready"* ]]; then
      printf '%s' "$said" > "$work/$started.log"
      # Somebody has to go on reading, or the program is stopped by a full pipe.
      cat <&"$from" >> "$work/$started.log" &
      exec {from}<&-
      return
    fi
  done
  fail "$* has not said '$ready': $said"
}

background() {
  start_until "$@"
  pids+=("$started")
}

stop_background() {
  local pid
  for pid in "${pids[@]}"; do
    # What a script starts in the background does not know SIGINT.
    kill -TERM "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || true
  done
  pids=()
}

# start_recorder FILE INTERFACE FILTER [OPTION...]: begins to record; "${in[@]}" in front of the recorder's command.
# RECORD says which: tcpdump, dumpcap, or lab for ./lab capture record. They understand -s.
start_recorder() {
  local file=$1 interface=$2 filter=$3
  shift 3
  case $RECORD in
    tcpdump)
      # -U and immediate mode: each frame is in the file as soon as it is seen. In immediate mode each place of the
      # kernel's buffer is as large as the largest frame, so that the usual 2 MiB have eight: -B gives it 256.
      start_until 'listening on' "${in[@]}" tcpdump --immediate-mode -B 65536 -U -i "$interface" -w "$file" "$@" "$filter"
      ;;
    dumpcap)
      start_until 'File: ' "${in[@]}" dumpcap -q -P -B 64 -i "$interface" -f "$filter" -w "$file" "$@"
      ;;
    lab)
      start_until 'ready:' "${in[@]}" "$home/lab" capture record -q -i "$interface" -f "$filter" -w "$file" "${@/#-s/--snaplen}"
      ;;
  esac
  recorders+=("$started")
}

stop_recording() {
  local pid
  # The last frame has been sent, but the recorder may not have run since.
  sleep 0.3
  for pid in "${recorders[@]}"; do
    kill -TERM "$pid"
    wait "$pid" || true
    ! grep -E '[1-9][0-9]* (packets )?dropped by kernel' "$work/$pid.log" || fail 'the recorder has lost frames: once more'
  done
  recorders=()
}
