#!/usr/bin/env bash
# A release as far as it goes without publishing: from a fresh clone of HEAD, twice, into folders under target/rehearsal.
#   bash .github/rehearse.sh [VERSION]      default: the version of pom.xml without -SNAPSHOT
# Checks: Maven Central's rules (CheckRepository.java), that both builds give the same bytes, that the licences of all
# dependencies are those of THIRD-PARTY.txt, and that a project builds against the result on every JDK found here, each
# time from an empty local repository. One line a step; Maven's own output is in target/rehearsal/*.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
was=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -1)
version=${1:-${was%-SNAPSHOT}}
out=$root/target/rehearsal
rm -rf "$out"
mkdir -p "$out"
# What `mvn verify` has checked already. Nothing lands in the user's local repository, where a later build would take it
# for the release.
skipped=(-Dmaven.install.skip -DskipTests -Dspotbugs.skip -Dcheckstyle.skip -Dspotless.check.skip -Djacoco.skip -Dinvoker.skip)

say() { printf '%4d s  %s\n' "$SECONDS" "$*"; }
fail() { echo "rehearse.sh: $*" >&2; exit 1; }
# maven LOG ARGUMENTS...: into a log, whose end is shown where it fails
maven() {
    local log=$out/$1.log
    shift
    mvn -B -ntp "$@" > "$log" 2>&1 < /dev/null || { grep -E "^\[(WARNING|ERROR)\] ." "$log" | tail -40 || true; fail "mvn failed; the whole log is $log"; }
}

# One commit, whatever happens here meanwhile.
head=$(git rev-parse HEAD)
say "version $version of commit $(git rev-parse --short HEAD)"
git diff --quiet HEAD -- || say "note: files differ from HEAD; HEAD is what is rehearsed"
say "skipped: tests, format, style and bugs, which mvn verify checks"

for build in first second; do
    git clone -q --no-hardlinks "$root" "$out/$build"
    (
        cd "$out/$build"
        git checkout -q --detach "$head"
        grep -rl --include=pom.xml ">$was<" . | xargs sed -i.bak "s:>$was<:>$version<:"
        find . -name 'pom.xml.bak' -delete
        # The program says its commit: the same one in both builds.
        when=$(git log -1 --format=%cI)
        GIT_AUTHOR_DATE=$when GIT_COMMITTER_DATE=$when git -c user.name=rehearsal -c user.email=rehearsal@localhost \
            -c commit.gpgsign=false commit -q --allow-empty -am "Version $version"
        maven "$build" "${skipped[@]}" -Prelease deploy
    )
    say "the $build build is in $out/$build/target/repository"
done

first=$out/first/target/repository
if [[ -n ${MAVEN_GPG_KEY:-} ]]; then
    signed=signed
else
    signed=
    say "skipped: signatures, as MAVEN_GPG_KEY is not set"
fi
[[ $(sed -n 's:^ *<japicmp.skip>\(.*\)</japicmp.skip>:\1:p' pom.xml) != true ]] \
    || say "skipped: public classes are not compared, as pom.xml names no last release"
found=$(java .github/CheckRepository.java "$first" "$version" $signed) || fail "Maven Central's rules: $found"
say "Maven Central's rules: $found"

# A signature holds its time.
diff -rq -x '*.asc*' -x 'maven-metadata.xml*' "$first" "$out/second/target/repository" || fail "the two builds differ"
program=$(cd "$out/first/examples/program/target" && ls gss-"$version"-*.zip)
cmp "$out/first/examples/program/target/$program" "$out/second/examples/program/target/$program" || fail "the two builds differ"
say "both builds give the same bytes: $(find "$first" -type f ! -name '*.asc*' ! -name 'maven-metadata.xml*' | wc -l | tr -d ' ') files and $program"

# Without our own modules, and without the versions of the platform.
grep -v ' (io.github.gssloss:' "$out/first/examples/program/target/licences/THIRD-PARTY.txt" | grep '^ ' | LC_ALL=C sort > "$out/THIRD-PARTY.txt"
diff .github/THIRD-PARTY.txt "$out/THIRD-PARTY.txt" || fail "licences: copy $out/THIRD-PARTY.txt over .github/THIRD-PARTY.txt after a look"
say "the licences of all $(wc -l < "$out/THIRD-PARTY.txt" | tr -d ' ') dependencies are those listed in .github/THIRD-PARTY.txt"

# The global settings, so that mirrors in the user's own still hold.
cat > "$out/settings.xml" <<SETTINGS
<settings>
  <profiles>
    <profile>
      <id>rehearsal</id>
      <repositories>
        <repository><id>rehearsal</id><url>file://$first</url></repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>rehearsal</activeProfile></activeProfiles>
</settings>
SETTINGS
value() { sed -n "s:^ *<$1>\(.*\)</$1>:\1:p" "$out/first/pom.xml" | head -1; }
classifier=${program#gss-"$version"-}

# consumer NAME: compiles against gss-djl alone, then trains on an engine of its own choice, with the Java of JAVA_HOME
consumer() {
    local here=$out/consumer-$1
    cp -r "$out/first/gss-djl/src/it/own-trainer" "$here"
    for name in enforcer.plugin.version resources.plugin.version compiler.plugin.version surefire.plugin.version djl.version \
        pytorch.version junit.version; do
        sed -i.bak "s:@$name@:$(value "$name"):g" "$here/pom.xml"
    done
    sed -i.bak -e "s:@project.version@:$version:g" -e "s:@pytorch.classifier@:${classifier%.zip}:g" "$here/pom.xml"
    maven "consumer-$1-compile" -gs "$out/settings.xml" -Dmaven.repo.local="$here/m2" -f "$here/pom.xml" compile
    maven "consumer-$1-test" -gs "$out/settings.xml" -Dmaven.repo.local="$here/m2" -f "$here/pom.xml" -Pengine test
    # Hundreds of megabytes.
    rm -rf "$here/m2"
}

# Where the usual systems keep their JDKs, GitHub's machines among them, and the java that Maven has used above.
homes() {
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p'
    env | sed -n 's/^JAVA_HOME[A-Za-z0-9_]*=//p'
    printf '%s\n' /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home
}
n=0
seen=' '
while read -r home; do
    [[ -x $home/bin/javac ]] || continue
    home=$(cd "$home" && pwd -P)
    [[ $seen != *" $home "* ]] || continue
    seen+="$home "
    java=$("$home/bin/javac" -version 2>&1 | sed -n 's/^javac //p')
    if [[ ${java%%.*} -lt 17 ]]; then
        say "skipped: Java $java in $home, older than 17"
        continue
    fi
    n=$((n + 1))
    JAVA_HOME=$home consumer "$n"
    say "a project with an empty local repository compiles and trains on Java $java in $home"
done < <(homes)
[[ $n -gt 0 ]] || fail "found no JDK of Java 17 or newer for the project that uses the release"
say "rehearsed: $version; not done: Maven Central's own checks, which its portal does"
