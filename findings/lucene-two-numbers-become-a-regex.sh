#!/usr/bin/env bash
# Package: org.apache.lucene:lucene-queryparser 9.12.3 (Maven), its classic QueryParser, which
# is behind query strings of Lucene, Solr, Elasticsearch and OpenSearch, 2026-11-30.
# Behaviour: a stroke begins a regular expression, and the next stroke ends it, wherever they
# stand. Of two quarters or two numbers of documents in one question, the words between
# the two strokes become one pattern, which no word of an index can match, and the ends of the
# numbers become words of their own. A date has two strokes and loses its month in this way.
# No error is given; a question with one stroke is refused. Of two documents, one of each
# quarter, the question for both lists that of the second quarter first.
# SimpleQueryParser of the same package takes no stroke for a pattern.
# Output seen:
#   35-NQ/TW: refused
#   35-NQ/TW 36-NQ/TW: (text:35 text:nq) text:/tw 36-nq/ text:tw
#   I/2020 so với quý I/2019: text:i text:/2020 so với quý i/ text:2019
#   5/10/2020: text:5 text:/10/ text:2020
#   simple I/2020 so với quý I/2019: (text:i text:2020) text:so text:với text:quý (text:i text:2019)
#   I/2020 so với quý I/2019 finds: báo cáo quý I/2019; báo cáo quý I/2020
# Meaning for users: every number of a Vietnamese document and every quarter has a stroke. Of
# a comparison, only the last part is searched as it was meant.
# Consequence here: queries are parsed by package search, and a stroke is a sign like any
# other; its tests have numbers and dates.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.lucene</groupId><artifactId>lucene-queryparser</artifactId><version>9.12.3</version></dependency>
  </dependencies>
</project>
XML
cat >Ask.java <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

public class Ask {
  static final StandardAnalyzer analyzer = new StandardAnalyzer();

  public static void main(String[] args) throws Exception {
    String quarters = "I/2020 so với quý I/2019";
    for (String question : new String[] {"35-NQ/TW", "35-NQ/TW 36-NQ/TW", quarters, "5/10/2020"}) {
      System.out.println(question + ": " + parsed(question));
    }
    System.out.println("simple " + quarters + ": " + new SimpleQueryParser(analyzer, "text").parse(quarters));

    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (String text : new String[] {"báo cáo quý I/2020", "báo cáo quý I/2019"}) {
        Document document = new Document();
        document.add(new TextField("text", text, Field.Store.YES));
        writer.addDocument(document);
      }
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    List<String> found = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(new QueryParser("text", analyzer).parse(quarters), 10).scoreDocs) {
      found.add(searcher.storedFields().document(hit.doc).get("text"));
    }
    System.out.println(quarters + " finds: " + String.join("; ", found));
  }

  static String parsed(String question) {
    try {
      return new QueryParser("text", analyzer).parse(question).toString();
    } catch (ParseException e) {
      return "refused";
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Ask.java 2>/dev/null)
echo "$seen"
want='35-NQ/TW: refused
35-NQ/TW 36-NQ/TW: (text:35 text:nq) text:/tw 36-nq/ text:tw
I/2020 so với quý I/2019: text:i text:/2020 so với quý i/ text:2019
5/10/2020: text:5 text:/10/ text:2020
simple I/2020 so với quý I/2019: (text:i text:2020) text:so text:với text:quý (text:i text:2019)
I/2020 so với quý I/2019 finds: báo cáo quý I/2019; báo cáo quý I/2020'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
