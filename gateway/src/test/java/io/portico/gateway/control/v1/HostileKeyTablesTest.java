package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of API keys that are none, or too much: each is imported or refused, in little time. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileKeyTablesTest {
  private static final String HEAD = "name,key,description,enabled,usageplanids\n";
  private static final String KEY = "abcdefghijklmnopqrst";

  private final TriedApi api = new TriedApi();

  static Stream<Named<String>> tables() {
    return Stream.of(
        Named.of("a line of 5 MB", HEAD + "a".repeat(5 << 20)),
        Named.of("a name of 5 MB", HEAD + "a".repeat(5 << 20) + "," + KEY + ",,,\n"),
        Named.of("a head of 5 MB", "a,".repeat(5 << 19) + "\n"),
        Named.of("5 million empty lines", HEAD + "\n".repeat(5 << 20)),
        Named.of("quotes that are never closed", HEAD + "\"a," + KEY + "\n".repeat(100_000)),
        Named.of("quotes within quotes", HEAD + "\"" + "\"\"".repeat(100_000) + "\"," + KEY),
        Named.of("nothing but quotes", "\"".repeat(100_001)),
        Named.of("a NUL", HEAD + "a\u0000b," + KEY + "\u0000,,,\n"),
        Named.of("nothing but NULs", "\u0000".repeat(1000)),
        Named.of("a mark of byte order", "\ufeff" + HEAD + "a," + KEY + ",,true,\n"),
        Named.of("UTF-16, read as UTF-8", "n\u0000a\u0000m\u0000e\u0000"),
        Named.of("half a pair", HEAD + "\ud800," + KEY + ",,,\n"),
        Named.of("formulas and paths", HEAD + "=1+1," + KEY + ",../../x\r\n,maybe,-\n"),
        Named.of("too many fields", HEAD + ",".repeat(1_000_000)),
        Named.of("the same column twice", "name,key,name,KEY\na," + KEY + ",b," + KEY + "\n"),
        Named.of("plans without end", HEAD + "a," + KEY + ",,,\"" + "x,".repeat(100_000) + "\"\n"),
        Named.of(
            "100,000 keys that are too short",
            IntStream.range(0, 100_000)
                .mapToObj("k%1$d,v%1$d,,,"::formatted)
                .collect(Collectors.joining("\n", HEAD, ""))),
        Named.of("100,000 keys that are the same", HEAD + ("k," + KEY + ",,,\n").repeat(100_000)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aTableIsImportedOrRefused(String table) {
    for (boolean strict : new boolean[] {true, false}) {
      api.attempt(
          "ImportApiKeys",
          TriedApi.body(Json.object(), table).put("format", "csv").put("failOnWarnings", strict));
    }

    assertThat(api.attempt("GetApiKeys", Json.object().put("includeValues", true))).isTrue();
  }
}
