#!/usr/bin/env bash
# Package: com.ibm.icu:icu4j 78.1 (Maven), its RuleBasedNumberFormat for Vietnamese,
# 2026-11-30.
# Behaviour: reads numbers in words as ICU spells them, and stops, without an error, at a
# word that it does not spell: what was read up to there is the answer. It spells "nghìn"
# (thousand, in the north) and "lẻ"; "ngàn" (in the south), "linh" (what schools in the north
# teach), "nhăm", "vạn" (ten thousand) and "rưỡi" (and a half) end the number. A thousand
# billion with "ngàn" is 1.
# Output seen:
#   một nghìn tỷ = 1000000000000
#   một ngàn tỷ = 1
#   một trăm lẻ năm = 105
#   một trăm linh năm = 100
#   hai mươi nhăm = 20
#   hai vạn = 2
#   hai tỷ rưỡi = 2000000000
# Meaning for users: amounts in words come from both halves of the country. Check that
# parse(text, position) read to the end of the text.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.ibm.icu</groupId><artifactId>icu4j</artifactId><version>78.1</version></dependency>
  </dependencies>
</project>
XML
cat >Words.java <<'JAVA'
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;

public class Words {
  public static void main(String[] args) throws Exception {
    RuleBasedNumberFormat words = new RuleBasedNumberFormat(new ULocale("vi"), RuleBasedNumberFormat.SPELLOUT);
    for (String text : new String[] {"một nghìn tỷ", "một ngàn tỷ", "một trăm lẻ năm", "một trăm linh năm", "hai mươi nhăm", "hai vạn", "hai tỷ rưỡi"}) {
      System.out.println(text + " = " + words.parse(text));
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Words.java 2>/dev/null)
echo "$seen"
want='một nghìn tỷ = 1000000000000
một ngàn tỷ = 1
một trăm lẻ năm = 105
một trăm linh năm = 100
hai mươi nhăm = 20
hai vạn = 2
hai tỷ rưỡi = 2000000000'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
