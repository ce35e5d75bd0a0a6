package io.portico.gateway.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of all that is wrong is told, and in which order. */
final class ReportTest {
  private static final String STRING = "{'type': 'string'}";

  private static String told(String rules, String instance) {
    return texts(rules, instance).toString();
  }

  private static List<String> texts(String rules, String instance) {
    JsonSchema schema = JsonSchema.compile("urn:a", rules.replace('\'', '"'), Map.of());
    return schema.validate(Json.parse(instance.replace('\'', '"')), Carrier.UNSHARED);
  }

  private static String notAString(String type) {
    return "instance type ("
        + type
        + ") does not match any allowed primitive type"
        + " (allowed: [\"string\"])";
  }

  /** Responses of AWS that users have published, their order included. */
  @Test
  void textsHaveTheOrderOfASet() {
    assertThat(
            told(
                "{'required': ['bar'], 'properties': {'bar': {}}, 'additionalProperties': false}",
                "{'foo': 'bar'}"))
        .isEqualTo(
            "[object has missing required properties ([\"bar\"]), object instance has properties"
                + " which are not allowed by the schema: [\"foo\"]]");

    String order =
        "{'items': {'properties': {'type': {'enum': ['STOCK', 'BOND', 'CASH']},"
            + " 'symbol': {'maxLength': 4}, 'shares': {'maximum': 1000}, 'order-date': {'pattern':"
            + " '^\\\\d{4}\\\\-(0[1-9]|1[012])\\\\-(0[1-9]|[12][0-9]|3[01])$'}}}}";
    assertThat(
            told(
                order,
                "[{'type': 'WOW', 'symbol': 'AMZN', 'shares': 10000000, 'order-date': '2018-01-28'}]"))
        .isEqualTo(
            "[instance value (\"WOW\") not found in enum (possible values:"
                + " [\"STOCK\",\"BOND\",\"CASH\"]), numeric instance is greater than the required"
                + " maximum (maximum: 1000, found: 10000000)]");
    assertThat(
            told(
                order,
                "[{'type': 'foobar', 'symbol': 'thisstringistoolong', 'shares': 999999,"
                    + " 'order-date': '2018-1-2'}]"))
        .isEqualTo(
            "[ECMA 262 regex \"^\\d{4}\\-(0[1-9]|1[012])\\-(0[1-9]|[12][0-9]|3[01])$\" does not"
                + " match input string \"2018-1-2\", numeric instance is greater than the required"
                + " maximum (maximum: 1000, found: 999999), string \"thisstringistoolong\" is too"
                + " long (length: 19, maximum allowed: 4), instance value (\"foobar\") not found in"
                + " enum (possible values: [\"STOCK\",\"BOND\",\"CASH\"])]");
    assertThat(
            told(
                "{'properties': {'question': {'minLength': 3}, 'top_k': {'maximum': 10}}}",
                "{'question': 'hi', 'top_k': 99}"))
        .isEqualTo(
            "[string \"hi\" is too short (length: 2, required minimum: 3), numeric instance is"
                + " greater than the required maximum (maximum: 10, found: 99)]");
  }

  /** The same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'latitude': null, 'longitude': null};"
            + "[instance type (null) does not match any allowed primitive type (allowed:"
            + " [\"integer\",\"number\"]), format attribute \"double\" not supported]",
        "{'latitude': -91.0, 'longitude': 1};"
            + "[numeric instance is lower than the required minimum (minimum: -90, found: -91.0),"
            + " format attribute \"double\" not supported]",
        "{'latitude': 91.0, 'longitude': 1};"
            + "[format attribute \"double\" not supported, numeric instance is greater than the"
            + " required maximum (maximum: 90, found: 91.0)]",
      },
      quoteCharacter = '`')
  void aFormatThatIsNotKnownIsToldOfWithWhatIsWrong(String instance, String texts) {
    String number = "'type': 'number', 'format': 'double'";
    String rules =
        "{'properties': {'latitude': {%s, 'minimum': -90, 'maximum': 90}, 'longitude': {%s}}}"
            .formatted(number, number);

    assertThat(told(rules, instance)).isEqualTo(texts);
  }

  @Test
  void aFormatThatIsNotKnownMakesNothingInvalid() {
    assertThat(texts("{'format': 'date'}", "'no date'")).isEmpty();
    assertThat(
            texts(
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'format': 'time'}",
                "'no time'"))
        .isEmpty();
  }

  @Test
  void formatsOfWhatIsNotComeToOrWithinAlternativesAreNotToldOf() {
    String beside = "'a': {'items': {'format': 'first'}}, 'z': {'format': 'last'}";
    String below = "'y': {'properties': {'x': {'format': 'below'}}}";
    String rules =
        "{'allOf': [{'format': 'each'}], 'not': {'format': 'none', 'type': 'array'},"
            + " 'properties': {'b': {'type': 'string'}, "
            + beside
            + ", "
            + below
            + "}}";

    assertThat(texts(rules, "{'a': [1], 'b': 2, 'y': {'x': 1}, 'z': 3}"))
        .containsExactlyInAnyOrder(
            notAString("integer"),
            "format attribute \"first\" not supported",
            "format attribute \"last\" not supported");
  }

  @Test
  void whatIsWrongInTheSameWayIsToldOnce() {
    assertThat(texts("{'additionalProperties': " + STRING + "}", "{'a': 1, 'b': 2, 'c': null}"))
        .containsExactlyInAnyOrder(notAString("integer"), notAString("null"));
  }

  @Test
  void nothingBelowAValueThatIsWrongIsTold() {
    String rules = "{'required': ['a'], 'properties': {'b': " + STRING + "}}";

    assertThat(texts(rules, "{'b': 1}"))
        .containsExactly("object has missing required properties ([\"a\"])");
    assertThat(texts("{'properties': {'c': " + rules + "}}", "{'c': {'b': 1}}"))
        .containsExactly("object has missing required properties ([\"a\"])");
  }

  @Test
  void whatIsBesideTheFirstThatIsWrongAndBesideThoseAroundItIsTold() {
    String deep = "{'additionalProperties': " + STRING + ", 'minProperties': 2}";
    String rules = "{'properties': {'a': " + deep + ", 'b': " + deep + ", 'c': " + deep + "}}";

    assertThat(
            texts(rules, "{'c': {}, 'b': {'q': 1, 'p': null, 'r': ''}, 'a': {'s': '', 't': ''}}"))
        .containsExactlyInAnyOrder(
            notAString("null"),
            notAString("integer"),
            "object has too few properties (found 0 but schema requires at least 2)");
    assertThat(texts(rules, "{'c': {'x': true, 'y': true}, 'b': {'q': 1, 'p': 2}}"))
        .containsExactly(notAString("integer"));
  }

  @Test
  void elementsAreComeToAsTheyStand() {
    String rules = "{'items': {'items': " + STRING + "}}";
    String more = IntStream.range(0, 12).mapToObj(i -> "['']").collect(Collectors.joining(","));

    assertThat(texts(rules, "[" + more + ", [null], [1]]")).containsExactly(notAString("null"));
    assertThat(texts(rules, "[[''], [''], [true], " + more + "]"))
        .containsExactly(notAString("boolean"));
  }

  @Test
  void ofAlternativesWithinAlternativesTheOutermostAreTold() {
    String inner = "{'oneOf': [" + STRING + ", {'allOf': [" + STRING + ", {}]}]}";

    assertThat(texts("{'anyOf': [" + inner + "]}", "1"))
        .containsExactly("instance failed to match at least one required schema among 1");
    assertThat(
            texts(
                "{'definitions': {'i': "
                    + inner
                    + "}, 'properties': {'allOf':"
                    + " {'allOf': [{'$ref': '#/definitions/i'}, {'$ref': '#/definitions/i'}]}}}",
                "{'allOf': 1}"))
        .containsExactly("instance failed to match all required schemas (matched only 0 out of 2)");
  }

  @Test
  void alternativesOfAMemberAreToldWhereTheMemberIs() {
    String anyOf = "{'anyOf': [{'properties': {'x': " + STRING + "}}, " + STRING + "]}";

    assertThat(
            texts(
                "{'properties': {'a': " + anyOf + ", 'b': " + STRING + "}}",
                "{'a': {'x': 1}, 'b': 1}"))
        .containsExactlyInAnyOrder(
            "instance failed to match at least one required schema among 2", notAString("integer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b~c", "", "0", "$ref", "anyOf", "items", "~1", "ä€𝄞", "a.b[c]"})
  void aMemberOfAnyNameIsTold(String name) {
    String member = Json.text(Json.tree(name));

    assertThat(
            texts(
                "{'properties': {"
                    + member
                    + ": {'items': {'properties': {"
                    + member
                    + ": "
                    + STRING
                    + "}}}}}",
                "{" + member + ": [{" + member + ": ''}, {" + member + ": true}]}"))
        .containsExactly(notAString("boolean"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': [{'type': 'string'}, {'required': ['b']}]}",
        "{'type': 'no type'}",
        "{'required': [1, 'b'], 'dependencies': {'a': [2]}, 'minProperties': 'x'}",
        "{'minProperties': 2.0, 'maxProperties': 1E1}",
      })
  void aSchemaWithoutTheDraftsFormIsToldOfSomehow(String rules) {
    assertThat(texts(rules, "{'a': 1}")).isNotEmpty().doesNotContain("").doesNotContainNull();
  }

  @Test
  void longValuesAreCut() {
    String value = "x".repeat(1_000_000);

    assertThat(texts("{'maxLength': 1}", "'" + value + "'"))
        .containsExactly(
            "string \"%s…\" is too long (length: 1000000, maximum allowed: 1)"
                .formatted("x".repeat(1_000)));
    assertThat(texts("{'enum': [1]}", "['" + value + "', {'" + "y".repeat(5_000) + "': 1}]"))
        .singleElement()
        .asString()
        .startsWith("instance value ([\"x")
        .hasSizeLessThan(1_100);
    assertThat(texts("{'enum': [1]}", "'" + "𝄞".repeat(1_000) + "'"))
        .containsExactly(
            "instance value (\""
                + "𝄞".repeat(499)
                + "…) not found in enum (possible values: [1])");
  }

  @Test
  void aLongListOfASchemaIsTold() {
    String countries =
        IntStream.range(0, 250).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

    assertThat(told("{'enum': [" + countries + "]}", "'XX'")).endsWith(",\"249\"])]");
  }

  @Test
  void textsAreBoundedInAll() {
    String values =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "'" + "x".repeat(800) + i + "'")
            .collect(Collectors.joining(","));
    String properties =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "'p" + i + "': 1")
            .collect(Collectors.joining(","));

    assertThat(told("{'items': {'maxLength': 1}}", "[" + values + "]")).hasSizeLessThan(20_100);
    assertThat(texts("{'additionalProperties': false}", "{" + properties + "}"))
        .singleElement()
        .asString()
        .startsWith(
            "object instance has properties which are not allowed by the schema: [\"p0\",\"p1\",\"p10\",")
        .endsWith("…")
        .hasSize(4_001);
  }
}
