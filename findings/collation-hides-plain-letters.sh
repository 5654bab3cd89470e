#!/usr/bin/env bash
# Packages: com.ibm.icu:icu4j 78.1 (Maven), its Collator and StringSearch, and
# golang.org/x/text v0.44.0 (Go module), its package collate, 2026-11-30.
# Behaviour: a comparison that ignores accents finds Vietnamese text for a question without
# them in the neutral order and in that of English, and not in that of Vietnamese. There
# ă, â, đ, ê, ô, ơ and ư are letters of their own at the first level, and only the tones are
# accents: "nghi" is nghị, while "quyet" is not quyết and "dang" not Đảng.
# Output seen, in Nghị quyết của Đảng:
#   icu4j vi: nghi true, quyet false, dang false, nghi quyet found at -1
#   icu4j root: nghi true, quyet true, dang true, nghi quyet found at 0
#   icu4j en: nghi true, quyet true, dang true, nghi quyet found at 0
#   x/text vi: nghi true, quyet false, dang false
#   x/text en: nghi true, quyet true, dang true
# Meaning for users: whoever states the right language for such a search loses most words, and
# the few that differ in a tone only make it look as if it worked.
# Consequence here: words are folded by decomposing (analyzers/vi), not compared by an order.
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
cat >go.mod <<'MOD'
module finding

go 1.26

require golang.org/x/text v0.44.0
MOD
cat >Found.java <<'JAVA'
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.text.StringSearch;
import com.ibm.icu.util.ULocale;
import java.text.StringCharacterIterator;

public class Found {
  public static void main(String[] args) {
    for (String language : new String[] {"vi", "root", "en"}) {
      RuleBasedCollator order = (RuleBasedCollator) Collator.getInstance(new ULocale(language));
      order.setStrength(Collator.PRIMARY);
      StringSearch search = new StringSearch("nghi quyet", new StringCharacterIterator("Nghị quyết của Đảng"), order);
      System.out.printf("icu4j %s: nghi %b, quyet %b, dang %b, nghi quyet found at %d%n", language,
          order.compare("nghi", "nghị") == 0, order.compare("quyet", "quyết") == 0, order.compare("dang", "Đảng") == 0, search.first());
    }
  }
}
JAVA
cat >main.go <<'GO'
package main

import (
	"fmt"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

func main() {
	for _, tag := range []language.Tag{language.Vietnamese, language.English} {
		order := collate.New(tag, collate.Loose)
		equal := func(a, b string) bool { return order.CompareString(a, b) == 0 }
		fmt.Printf("x/text %s: nghi %t, quyet %t, dang %t\n", tag, equal("nghi", "nghị"), equal("quyet", "quyết"), equal("dang", "Đảng"))
	}
}
GO
mvn -q -B dependency:copy-dependencies -DoutputDirectory=jars >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "jars/*" Found.java
go run .)
echo "$seen"
want='icu4j vi: nghi true, quyet false, dang false, nghi quyet found at -1
icu4j root: nghi true, quyet true, dang true, nghi quyet found at 0
icu4j en: nghi true, quyet true, dang true, nghi quyet found at 0
x/text vi: nghi true, quyet false, dang false
x/text en: nghi true, quyet true, dang true'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
