#!/usr/bin/env bash
# Does gss work on this machine's GPU, and how fast? Takes one step after the other, each with its own time limit;
# one that fails does not stop the others. Everything lands in one folder, which can be sent to somebody else:
# summary.txt first, then a log for each step. Under eight minutes, once DJL has its natives (gss doctor fetches them).
#   gpu-check.sh [--device gpu|cpu] [--out FOLDER] [--gss FOLDER]
#   --device   where to compute; cpu tries the script itself, at small sizes          (gpu)
#   --out      a folder that does not exist yet                                       (gpu-check-DATE-TIME)
#   --gss      the program's folder                    (../program/target/gss, seen from this script)
# Exit code: 0 all steps passed, 1 one did not, 2 wrong options.
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
device=gpu
out=gpu-check-$(date +%Y%m%d-%H%M%S)
gss=$here/../program/target/gss
wrong() { echo "gpu-check.sh: $*" >&2; exit 2; }
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || wrong "$1: expected --device, --out or --gss with a value"
    case $1 in
        --device) device=$2 ;;
        --out) out=$2 ;;
        --gss) gss=$2 ;;
        *) wrong "$1: expected --device, --out or --gss" ;;
    esac
    shift 2
done
case $device in gpu | cpu) ;; *) wrong "--device: expected gpu or cpu, got $device" ;; esac
[ -f "$gss/bin/gss" ] || wrong "--gss: expected the program's folder, found no bin/gss in $gss: build it by mvn -DskipTests package"
[ ! -e "$out" ] || wrong "--out: expected a folder that does not exist yet, found $out"
mkdir -p "$out/logs" || wrong "--out: cannot make $out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
watcher=
trap 'rm -rf "$work"; [ -z "$watcher" ] || kill "$watcher" 2>/dev/null' EXIT

summary=$out/summary.txt
began=$SECONDS
budget=450    # no step starts later, and none lasts longer than to the end of it and a little
failed=0
say() { echo "$*" | tee -a "$summary"; }

limited() { shift; "$@"; }
if command -v timeout > /dev/null; then
    limited() { timeout -k 5 "$@"; }
else
    say "no program 'timeout' here: the steps have no time limits"
fi

# step NAME LIMIT ARGUMENTS...: gss with these arguments; output into logs/NAME.txt, a line into the summary
step() {
    local name=$1 limit=$2 left=$((budget - SECONDS + began)) start=$SECONDS rc=0 word log=$out/logs/$1.txt
    shift 2
    if [ "$left" -le 5 ]; then
        say "$(printf '%-12s left out: %d s are over' "$name" "$budget")"
        failed=1
        return 1
    fi
    [ "$limit" -le "$left" ] || limit=$left
    echo "\$ ${GSS_DEVICE:+GSS_DEVICE=$GSS_DEVICE }gss $*" > "$log"
    limited "$limit" sh "$gss/bin/gss" "$@" >> "$log" 2>&1 < /dev/null || rc=$?
    case $rc in
        0) word=passed ;;
        124) word="over its limit of $limit s" ;;
        # Killed at the end of its limit, or before it by somebody else: the system does so where memory runs out.
        137) [ $((SECONDS - start)) -ge "$limit" ] && word="over its limit of $limit s" || word="FAILED: it was killed" ;;
        *) word="FAILED: $(tail -n 40 "$log" | grep -m 1 '^gss' || tail -n 1 "$log")" ;;
    esac
    say "$(printf '%-12s exit code %3d  %4d s  %s' "$name" "$rc" $((SECONDS - start)) "$word")"
    [ "$rc" -eq 0 ] || failed=1
    return "$rc"
}

# watch FILE: each second the resident memory of the program and, with a GPU, what is used there
watch() {
    local pid gpu
    echo "second,resident_kB,gpu_MiB" > "$1"
    while sleep 1; do
        pid=$(pgrep -n -f "cli[.]Gss train .*$work/long" 2>/dev/null) || continue
        gpu=
        [ "$device" = cpu ] || gpu=$(nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits 2>/dev/null | head -1)
        echo "$SECONDS,$(awk '/^VmRSS/ {print $2}' "/proc/$pid/status" 2>/dev/null),$gpu" >> "$1"
    done
}

# Small on a CPU: the script is what is tried there, and the numbers of a GPU's run are compared with others of its kind.
sizes() {
    if [ "$1" = gpu ]; then
        shape=96 loss="--size 80" bench="--width 16 --crop 80 --batch 2 --repeats 10" train="--crop 80 --model.width 16 --batch 2 --iterations 20"
    else
        shape=48 loss="--size 24 --repeats 5" bench="--width 4 --crop 32 --batch 1 --repeats 3" train="--crop 32 --model.width 4 --batch 1 --iterations 5"
    fi
}

# all DEVICE SUFFIX: doctor, verify, benches and a short training with its decisions
all() {
    sizes "$1"
    step "doctor$2" 60 doctor --device "$1"
    step "verify$2" 75 verify --device "$1"
    # Lists of words on purpose.
    # shellcheck disable=SC2086
    step "loss$2" 60 bench loss --device "$1" $loss
    # shellcheck disable=SC2086
    step "step$2" 75 bench step --device "$1" $bench
    step "phantoms$2" 40 phantom --out "$work/phantoms$2" --subjects 3 --seed 1 --shape "$shape"
    # shellcheck disable=SC2086
    step "train$2" 90 train --device "$1" --data "$work/phantoms$2" --out "$work/run$2" --cache "$work/prepared" $train \
        --epochs 2 --lr 0.002 --foregroundFraction 0.5 --seed 1 --clipNorm 1.0 --decisionsEvery 5
}

say "gpu-check of $(date -u +%FT%TZ), --device $device, on $(uname -srm)"
if command -v nvidia-smi > /dev/null; then
    nvidia-smi > "$out/logs/nvidia-smi.txt" 2>&1 || true
    say "$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>&1 | head -4)"
else
    say "no nvidia-smi here"
fi
say "$(sh "$gss/bin/gss" --version 2>&1 | tr '\n' ' ')"
say ""

export GSS_DEVICE=$device
all "$device" ""
watch "$out/memory.csv" &
watcher=$!
memory=0
step memory $([ "$device" = gpu ] && echo 90 || echo 240) train --device "$device" --data "$work/phantoms" --out "$work/long" --cache "$work/prepared" \
    --crop 16 --model.width 4 --batch 1 --epochs 5 --iterations 100 --seed 1 --foregroundFraction 0.5 || memory=$?
kill "$watcher" 2> /dev/null
watcher=
if [ "$device" = gpu ]; then
    export GSS_DEVICE=cpu
    all cpu -cpu
fi

# What a reader wants first, from the logs.
show() { if [ -s "$out/logs/$1.txt" ]; then say ""; say "== $1"; grep -E "$2" "$out/logs/$1.txt" | tail -n 24 | cut -c1-240 | tee -a "$summary"; fi; }
show doctor ' (note|PROBLEM) |^gss |^(engine|natives|device|memory|threads) '
for one in verify verify-cpu; do show $one 'FAIL$|comparisons of|^gss '; done
for one in loss loss-cpu step step-cpu; do show $one '^machine|^device|^ratio|step|^gss '; done
for run in run run-cpu long; do
    [ -d "$work/$run" ] || continue
    mkdir -p "$out/$run"
    # What is small; weights and checkpoints stay here.
    find "$work/$run" -maxdepth 1 -type f \( -name '*.csv' -o -name '*.yaml' -o -name '*.md' -o -name '*.html' -o -name '*.png' \) -size -2048k -exec cp {} "$out/$run/" \;
    if [ -s "$out/$run/losses.csv" ]; then
        say ""; say "== $run/losses.csv: first and last"
        { sed -n 1,2p "$out/$run/losses.csv"; tail -n 1 "$out/$run/losses.csv"; } | tee -a "$summary"
    fi
    if [ -s "$out/$run/decisions.csv" ]; then
        say ""; say "== $run/decisions.csv: the last"
        { head -n 1 "$out/$run/decisions.csv"; tail -n 3 "$out/$run/decisions.csv"; } | cut -c1-240 | tee -a "$summary"
    fi
done
if [ "$memory" = 0 ] || [ "$memory" = 124 ] && [ "$(wc -l < "$out/memory.csv")" -gt 10 ]; then
    say ""; say "== memory over 500 steps$([ "$memory" = 0 ] || echo ", as far as it came"): after a fifth of the time, and at the end"
    awk -F, 'NR > 1 { line[++n] = $0 } END { f = int(n / 5) + 1; split(line[f], a, ","); split(line[n], b, ",")
        printf "resident %.0f MB, then %.0f MB", a[2] / 1000, b[2] / 1000
        if (a[3] != "") printf "; GPU %d MiB, then %d MiB", a[3], b[3]; print "" }' "$out/memory.csv" | tee -a "$summary"
else
    say ""; say "no memory over 500 steps: the step did not pass, was short, or this system does not tell a process's memory"
fi
say ""
if [ "$failed" = 0 ]; then say "all steps passed in $((SECONDS - began)) s"; else say "NOT all steps passed, $((SECONDS - began)) s; the logs are in $out/logs"; fi
exit "$failed"
