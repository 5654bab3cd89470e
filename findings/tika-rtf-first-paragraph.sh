#!/usr/bin/env bash
# Package: org.apache.tika:tika-parsers-standard-package 3.3.1 (Maven), 2026-11-30.
# Behaviour: of RTF whose first paragraph begins without \pard, which the format does not
# ask for, all that stands before the last Vietnamese letter of that paragraph is lost,
# with the letter: "Nghị quyết số 35" is " 35", and "35 triệu" (35 million) is "u". An English
# paragraph in the same place is complete, and so is each later paragraph. No error is
# given.
# Output seen:
#   Nghị quyết số 35 | Kinh phí: 35 | Kinh phí
#   35 triệu | Kinh phí: u | Kinh phí
#   Resolution 35 | Funds: Resolution 35 | Funds
#   \pard Nghị quyết số 35 | Kinh phí: Nghị quyết số 35 | Kinh phí
# Meaning for users: the first paragraph of a document is its number or its title, and
# programs that fill a form often leave \pard out. Search engines read RTF with Tika.
# Consequence here: index/read reads the paragraph with and without \pard.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.tika</groupId><artifactId>tika-core</artifactId><version>3.3.1</version></dependency>
    <dependency>
      <groupId>org.apache.tika</groupId><artifactId>tika-parsers-standard-package</artifactId><version>3.3.1</version>
      <exclusions><exclusion><groupId>com.github.junrar</groupId><artifactId>junrar</artifactId></exclusion></exclusions>
    </dependency>
  </dependencies>
</project>
XML
cat >Read.java <<'JAVA'
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.sax.BodyContentHandler;

public class Read {
  public static void main(String[] args) throws Exception {
    read("", "Nghị quyết số 35", "Kinh phí");
    read("", "35 triệu", "Kinh phí");
    read("", "Resolution 35", "Funds");
    read("\\pard ", "Nghị quyết số 35", "Kinh phí");
  }

  static void read(String begin, String first, String second) throws Exception {
    String rtf = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}}\\uc1 " + begin + letters(first) + "\\par " + letters(second) + "\\par}";
    BodyContentHandler text = new BodyContentHandler();
    new RTFParser().parse(new ByteArrayInputStream(rtf.getBytes(StandardCharsets.US_ASCII)), text, new Metadata(), new ParseContext());
    System.out.println(begin + first + " | " + second + ": " + text.toString().strip().replace("\n", " | "));
  }

  static String letters(String text) {
    StringBuilder rtf = new StringBuilder();
    text.codePoints().forEach(c -> rtf.append(c < 128 ? String.valueOf((char) c) : "\\u" + c + "?"));
    return rtf.toString();
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Read.java 2>/dev/null | grep -v Log4j)
echo "$seen"
want='Nghị quyết số 35 | Kinh phí: 35 | Kinh phí
35 triệu | Kinh phí: u | Kinh phí
Resolution 35 | Funds: Resolution 35 | Funds
\pard Nghị quyết số 35 | Kinh phí: Nghị quyết số 35 | Kinh phí'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
