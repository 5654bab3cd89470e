#!/usr/bin/env bash
# Package: org.apache.lucene:lucene-suggest 9.12.3 (Maven), its FuzzySuggester, which completes
# what is typed, here with one error allowed; 2026-12-01.
# Behaviour: an error is a byte, unless the constructor's last parameter says otherwise. A letter
# with a Vietnamese tone has two or three, so a tone left out finds nothing, "nghi quyết" and "thanh
# ủy". A wrong tone finds the word if the last bytes happen to differ alone: nghỉ for nghị.
# In English any one letter may be wrong. With unicodeAware all of these are found.
# Output seen, in bytes and in letters:
#   nghi quyết: nothing | nghị quyết
#   nghỉ quyết: nghị quyết | nghị quyết
#   thanh ủy: nothing | thành ủy
#   đương sắt: nothing | đường sắt
#   streat: street | street
# Meaning for users: engines on Lucene complete and correct with it (the field "completion" has the
# option unicode_aware, false if not given). A trial in English shows a search that forgives.
# Consequence here: a beginning typed without tones completes words that have them (search/plan).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-suggest</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
cat >Complete.java <<'JAVA'
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.search.suggest.InputIterator;
import org.apache.lucene.search.suggest.Lookup;
import org.apache.lucene.search.suggest.analyzing.FuzzySuggester;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefIterator;

public class Complete {
  static final List<String> WORDS = List.of("nghị quyết", "thành ủy", "đường sắt", "street");

  public static void main(String[] args) throws Exception {
    FuzzySuggester bytes = suggester(false);
    FuzzySuggester letters = suggester(true);
    for (String typed : List.of("nghi quyết", "nghỉ quyết", "thanh ủy", "đương sắt", "streat")) {
      System.out.println(typed + ": " + complete(bytes, typed) + " | " + complete(letters, typed));
    }
  }

  static FuzzySuggester suggester(boolean unicodeAware) throws Exception {
    StandardAnalyzer analyzer = new StandardAnalyzer();
    FuzzySuggester out = new FuzzySuggester(new ByteBuffersDirectory(), "words", analyzer, analyzer,
        FuzzySuggester.EXACT_FIRST | FuzzySuggester.PRESERVE_SEP, 256, -1, true, 1, true, 1, 3, unicodeAware);
    var words = WORDS.iterator();
    BytesRefIterator each = () -> words.hasNext() ? new BytesRef(words.next()) : null;
    out.build(new InputIterator.InputIteratorWrapper(each));
    return out;
  }

  static String complete(Lookup suggester, String typed) throws Exception {
    String found = suggester.lookup(typed, false, 5).stream().map(r -> r.key.toString()).collect(Collectors.joining(", "));
    return found.isEmpty() ? "nothing" : found;
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Complete.java 2>/dev/null)
echo "$seen"
want='nghi quyết: nothing | nghị quyết
nghỉ quyết: nghị quyết | nghị quyết
thanh ủy: nothing | thành ủy
đương sắt: nothing | đường sắt
streat: street | street'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
