package io.portico.gateway.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.json.PlainJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompiledPathTest {
  private static final @Nullable Object STORE =
      PlainJson.parse(
          """
          {"store": {"book": [
              {"title": "A", "price": 8.95, "tags": ["x", "y"]},
              {"title": "B", "price": 12.99, "isbn": "0-553"},
              {"title": "C", "price": 22.99, "isbn": null}],
            "bicycle": {"color": "red", "price": 19.95}},
           "a b": 1, "with-hyphen": 2, "empty": [], "nothing": null, "n": 10, "numbers": [2, 3, 7]}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.store.book[0].title|\"A\"",
        "$['store']['book'][1]['isbn']|\"0-553\"",
        "$.store.bicycle|{\"color\":\"red\",\"price\":19.95}",
        "store.bicycle.color|\"red\"",
        "$.with-hyphen|2",
        "$['a b']|1",
        "$.empty|[]",
        "$.nothing|null",
        "$.missing|null",
        "$.store.book[9].title|null",
        "$.store.book.title|null",
        "$.n.x|null",
        "$.store.book[-1].title|\"C\"",
        "$.store.book[*].title|[\"A\",\"B\",\"C\"]",
        "$..price|[8.95,12.99,22.99,19.95]",
        "$.store.book[0,1].title|[\"A\",\"B\"]",
        "$.store.book[0:2].title|[\"A\",\"B\"]",
        "$.store.book[?(@.isbn)].title|[\"B\",\"C\"]",
        "$.store.book[?(@.price < 10)].title|[\"A\"]",
        "$.store.book[?(@.title == 'B')].price|[12.99]",
        "$.store.book[?(@.price < $.n)].title|[\"A\"]",
        "$.store.book[?(@.title in ['A', 'C'])].title|[\"A\",\"C\"]",
        "$.store.book[?(@.title =~ /[ab]/i)].title|[\"A\",\"B\"]",
        "$.store.book[?(@.title =~ /[ab]/)].title|[]",
        "$..book[?(@.isbn =~ /0-.*/)].price|[12.99]",
        "$.store.book[?( @.price =~ /\\d+\\.99/ )].title|[\"B\",\"C\"]",
        "$.store.book[?(@.missing =~ /.*/)].title|[\"A\",\"B\",\"C\"]",
        "$.store.book[?(!@.isbn && @.title =~ /\\w/)].title|[\"A\"]",
        "$.store.book[?($.store.bicycle.color =~ /RED/i && @.price > 20)].title|[\"C\"]",
        "$.numbers[?(@ =~ /[37]/)]|[3,7]",
        "$.numbers[?(@ > 2)][?(@ =~ /x/)]|[]",
        "$.store.book[?(@.nothing)].title|[]",
        "$.store.*.color|[\"red\"]",
        "$.store.book.length()|3",
        "$.numbers.max()|7.0",
        "$.numbers.sum()|12.0",
        "$.store.book[0]['title','price']|{\"title\":\"A\",\"price\":8.95}",
      })
  void readsAsJayway(String path, String found) {
    assertThat(PlainJson.text(CompiledPath.compile(path).read(STORE, time()))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "$.store.book[?(@.tags =~ /x|z/)].title ; [\"A\"]",
        "$.store.book[?(@.isbn =~ /.+/ && @.price < 20 || @.title =~ /A/)].title ; [\"A\",\"B\"]",
        "$.store.book[?(@.title =~ /A/ || (@.title =~ /[BC]/ && !(@.price < 20)))].title ; [\"A\",\"C\"]",
        "$.store.book[?(@.title =~ /A|[(\\/)]]/)].tags[?(@ =~ /y/)] ; [\"y\"]",
      })
  void readsFiltersWithRegularExpressions(String path, String found) {
    readsAsJayway(path, found);
  }

  @Test
  void theRootIsTheDocumentItself() {
    assertThat(CompiledPath.compile("$").read(STORE, time())).isSameAs(STORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$.",
        "$..",
        "$x",
        "$[",
        "$['a",
        "$[?(",
        "$[?(@.a ==)]",
        "$.numbers[?(@ =~ /(/)]",
        "$.numbers[?(@ =~ /a/g)]",
        "$.numbers[?(@ =~ 'a')]",
        "$.numbers[?(@ =~ /a)]",
        "$.numbers[?(@ =~ )]",
        "$.numbers[?(=~ /a/)]",
        "$.numbers[?('a' =~ /a/)]",
        "$.numbers[?(@ =~ /a/ && )]",
        "$.numbers[?((@ =~ /a/)]",
        "$.numbers[?(@ =~ /a/))]",
        "$.numbers[?(!@ =~ /a/)]",
        "$.numbers[?(@.a[?(@ =~ /a/)] empty false)]",
        "$.numbers[?(@.a[?(@ =~ /a/)] =~ /b/)]",
        "$.numbers =~ /a/",
        "$.unknown()",
        "$.a.b().length()",
        "$.a[?(@.length() > @.unknown())]",
        "$.a[(@.length-1)]",
      })
  void whatIsNoPathIsRefused(String path) {
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile(path).read(STORE, time()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$.a[?(@.b > 1)]|{\"a\": [{\"b\": 1e400}]}|[{\"b\":1E+400}]",
        "$.a[?(@.b < 1)]|{\"a\": [{\"b\": 1e400}]}|[]",
        "$.a[?(@.b > 1)]|{\"a\": [{\"b\": \"1e400\"}, {\"b\": []}, {\"b\": \"x\"}]}|[]",
        "$.a.first()|{\"a\": []}|null",
        "$.a.last()|{\"a\": []}|null",
        "$.a.index($.i)|{\"a\": [1], \"i\": 7}|null",
        "$.a.index($.i)|{\"a\": [1], \"i\": \"x\"}|null",
        "$.a.sum()|{\"a\": []}|null",
        "$.a.sum()|{\"a\": [\"x\", {}]}|null",
        "$..length()|1|null",
        "$..length()|\"x\"|null",
        "$[?(@)]|1|null",
        "$.a[?(@.b > 1)]|{\"a\": 1}|null",
        "$['.b()'].length()|{\".b()\": [1]}|1",
        "$..*|true|[]",
      })
  void whatAPathCannotBeAppliedToIsNotFound(String path, String document, String found) {
    assertThat(PlainJson.text(CompiledPath.compile(path).read(PlainJson.parse(document), time())))
        .isEqualTo(found);
  }

  @Test
  void aPathThatNestsWithoutEndIsRefused() {
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile("$[?(" + "(".repeat(900) + "@.a" + ")".repeat(900)));
    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile("$." + "a".repeat(3000)));
  }

  @Test
  void aPathThatMultipliesIsStopped() {
    Object nested = PlainJson.parse("[1,".repeat(300) + "1" + "]".repeat(300));

    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile("$..*..*..*..*").read(nested, time()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$[?(@ =~ /(a+)+b/)]", "$[?(@ =~ /(a|a)*b/ || @ =~ /(a*)*b/)]"})
  void aRegularExpressionThatMultipliesIsStopped(String path) {
    Object texts = List.of("a".repeat(30_000), "a".repeat(30_000));

    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile(path).read(texts, time()));
  }

  @Test
  void regularExpressionsOfAllElementsAreBoundedTogether() {
    Object texts = Collections.nCopies(100_000, "a".repeat(300));

    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile("$[?(@ =~ /a*b/)]").read(texts, time()));
  }

  @Test
  void anExpressionThatNestsTooDeeplyForAMatcherIsStopped() {
    Object texts = List.of("a".repeat(1_000_000));

    assertThatExceptionOfType(JsonPathException.class)
        .isThrownBy(() -> CompiledPath.compile("$[?(@ =~ /(a|b)*/)]").read(texts, time()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$[?(@ > 1)]", "$[?(@ =~ /1.*/)]"})
  void aNumberBeyondAllDoublesIsOneForFilters(String path) {
    Object beyondAllDoubles = PlainJson.parse("[1e999]");

    assertThat(PlainJson.text(CompiledPath.compile(path).read(beyondAllDoubles, time())))
        .isEqualTo("[1E+999]");
  }

  @Test
  void pathsKnownBeforehandAreCompiledOnce() {
    CompiledPaths paths = CompiledPaths.of(List.of("$.a", "$[", "no path", ""));

    assertThat(paths.get("$.a")).isSameAs(paths.get("$.a")).hasToString("$.a");
    assertThat(paths.get("$.b")).isNotSameAs(paths.get("$.b")).hasToString("$.b");
    assertThatExceptionOfType(JsonPathException.class).isThrownBy(() -> paths.get("$["));
  }

  private static ComputeTime time() {
    return new ComputeTime(System.nanoTime() + Duration.ofSeconds(10).toNanos(), Carrier.UNSHARED);
  }
}
