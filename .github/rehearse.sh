#!/usr/bin/env bash
# A release as far as it goes without publishing: from a fresh clone of HEAD, twice, into folders under target/rehearsal.
#   bash .github/rehearse.sh [VERSION]      default: the version of pom.xml without -SNAPSHOT
# Checks: Maven Central's rules (CheckRepository.java), that both builds give the same bytes, that the licences of all
# dependencies are those of THIRD-PARTY.txt, and that a project with an empty local repository builds against the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
was=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -1)
version=${1:-${was%-SNAPSHOT}}
out=$root/target/rehearsal
rm -rf "$out"
mkdir -p "$out"
# What `mvn verify` has checked already.
skipped=(-DskipTests -Dspotbugs.skip -Dcheckstyle.skip -Dspotless.check.skip -Djacoco.skip -Dinvoker.skip)
# One commit, whatever happens here meanwhile.
head=$(git rev-parse HEAD)
git diff --quiet HEAD -- || echo "note: files differ from HEAD; HEAD is what is rehearsed"

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
            -c commit.gpgsign=false commit -qam "Version $version"
        echo "the $build build of $version ..."
        mvn -B -ntp -q "${skipped[@]}" -Prelease deploy > "$out/$build.log" 2>&1 || { tail -40 "$out/$build.log"; exit 1; }
    )
done

signed=
[[ -z ${MAVEN_GPG_KEY:-} ]] || signed=signed
java .github/CheckRepository.java "$out/first/target/repository" "$version" $signed

# A signature holds its time.
diff -r -x '*.asc*' -x 'maven-metadata.xml*' "$out/first/target/repository" "$out/second/target/repository"
cmp "$out/first"/examples/program/target/gss-"$version"-*.zip "$out/second"/examples/program/target/gss-"$version"-*.zip
echo "both builds give the same bytes"

# Without our own modules, and without the versions of the platform.
grep -v ' (io.github.gssloss:' "$out/first/examples/program/target/licences/THIRD-PARTY.txt" | grep '^ ' | LC_ALL=C sort > "$out/THIRD-PARTY.txt"
diff .github/THIRD-PARTY.txt "$out/THIRD-PARTY.txt" || { echo "licences: copy $out/THIRD-PARTY.txt over .github/THIRD-PARTY.txt after a look"; exit 1; }
echo "the licences of all dependencies are those listed"

consumer=$out/consumer
cp -r gss-djl/src/it/own-trainer "$consumer"
value() { sed -n "s:^ *<$1>\(.*\)</$1>:\1:p" "$out/first/pom.xml" | head -1; }
for name in enforcer.plugin.version resources.plugin.version compiler.plugin.version surefire.plugin.version djl.version \
    pytorch.version pytorch.classifier junit.version; do
    sed -i.bak "s:@$name@:$(value "$name"):g" "$consumer/pom.xml"
done
sed -i.bak "s:@project.version@:$version:g" "$consumer/pom.xml"
cat > "$out/settings.xml" <<SETTINGS
<settings>
  <profiles>
    <profile>
      <id>rehearsal</id>
      <repositories>
        <repository><id>rehearsal</id><url>file://$out/first/target/repository</url></repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>rehearsal</activeProfile></activeProfiles>
</settings>
SETTINGS
# Compiles against gss-djl alone, then trains on an engine of its own choice.
mvn -B -ntp -q -s "$out/settings.xml" -Dmaven.repo.local="$out/m2" -f "$consumer/pom.xml" compile
mvn -B -ntp -q -s "$out/settings.xml" -Dmaven.repo.local="$out/m2" -f "$consumer/pom.xml" -Pengine test
echo "a project with an empty local repository compiles, and trains"
echo "rehearsed: $version"
