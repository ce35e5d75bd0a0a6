package io.portico.gateway.logs.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns and messages as the documentation of filter patterns has them, and around. */
final class FilterPatternTest {
  private static final String TRAIL =
      """
      {"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111",
       "arrayKey": ["value", "another value"],
       "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}],
       "SomeObject": null, "cluster.name": "c", "ThisFlag": true, "errorCode": 400, "latency": 50.5,
       "text": "60", "users": [1, 2, 3]}
      """;
  private static final String USER =
      """
      {"user": {"id": 1, "email": "John.Stiles@example.com"},
       "users": [{"id": 2, "email": "John.Doe@example.com"}, {"id": 3, "email": "Jane.Doe@example.com"}],
       "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6], [7, 8, 9]]}
      """;
  private static final String ACCESS =
      "127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

  private static boolean matches(String pattern, String message) {
    return FilterPattern.parse(pattern).matches(message);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "ERROR,[ERROR 400] BAD REQUEST,true",
        "ERROR,Exiting with ERRORCODE: -1,true",
        "ERROR,an error,false",
        "ERROR ARGUMENTS,[ERROR 419] MISSING ARGUMENTS,true",
        "ERROR ARGUMENTS,[ERROR 400] BAD REQUEST,false",
        "?ERROR ?ARGUMENTS,[ERROR 400] BAD REQUEST,true",
        "?ERROR ?ARGUMENTS,[INFO 200] OK,false",
        "?ERROR ?ARGUMENTS REQUEST,[INFO] REQUEST FAILED,true",
        "?ERROR -REQUEST,[INFO] OK,true",
        "`\"INTERNAL SERVER ERROR\"`,[ERROR 500] INTERNAL SERVER ERROR,true",
        "`\"INTERNAL SERVER ERROR\"`,INTERNAL ERROR,false",
        "ERROR -ARGUMENTS,[ERROR 400] BAD REQUEST,true",
        "ERROR -ARGUMENTS,[ERROR 419] MISSING ARGUMENTS,false",
        "`\"ERROR\" - \"Exiting\"`,Exiting with ERRORCODE: -1,false",
        "`\" \"`,two words,true",
        "`\"say \\\"hi\\\"\"`,they say \"hi\",true",
        "``,anything,true",
      })
  void termsAreLookedForAnywhere(String pattern, String message, boolean expected) {
    assertThat(matches(pattern, message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ $.eventType = \"UpdateTrail\" }",
        "{$.eventType=UpdateTrail}",
        "{ $.eventType = *Trail }",
        "{ $.eventType = Update* }",
        "{ $.eventType = *date* }",
        "{ $.eventType = * }",
        "{ $.sourceIPAddress != 123.123.* }",
        "{ $.arrayKey[0] = \"value\" }",
        "{ $.arrayKey[*] = \"another value\" }",
        "{ $.eventType = %Trail% }",
        "{ $.arrayKey[*] = %val.{2}% }",
        "{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }",
        "{ $.['cluster.name'] = \"c\" }",
        "{ $.SomeObject IS NULL }",
        "{ $.ThisFlag IS TRUE }",
        "{ $.SomeOtherObject NOT EXISTS }",
        "{ $.objectList[1].id = 2 }",
        "{ $.errorCode = 400 }",
        "{ $.errorCode = 4e2 }",
        "{ $.errorCode = 4* }",
        "{ $.errorCode != 500 }",
        "{ $.latency > 50 && $.latency <= 50.5 }",
        "{ $.latency > +10e-1 }",
      })
  void jsonThatIsAsAsked(String pattern) {
    assertThat(matches(pattern, TRAIL)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ $.eventType = \"Update\" }",
        "{ $.eventType = Up*Trail }",
        "{ $.eventType != UpdateTrail }",
        "{ $.missing = * }",
        "{ $.missing != x }",
        "{ $.users = 1 }",
        "{ $.users != 1 }",
        "{ $.SomeObject = null }",
        "{ $.SomeObject NOT EXISTS }",
        "{ $.eventType IS NULL }",
        "{ $.ThisFlag IS FALSE }",
        "{ $.ThisFlag = true }",
        "{ $.text > 50 }",
        "{ $.arrayKey[7] = * }",
        "{ $.eventType[0] = * }",
        "{ $.errorCode < 400 }",
      })
  void jsonThatIsNotAsAsked(String pattern) {
    assertThat(matches(pattern, TRAIL)).isFalse();
  }

  @Test
  void conditionsAreCombinedAndBeforeOr() {
    assertThat(
            matches("{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }", USER))
        .isTrue();
    assertThat(
            matches(
                "{ ($.user.id = 2 && $.users[0].email = \"nonmatch\") || $.actions[2] = \"GET\" }",
                USER))
        .isFalse();
    assertThat(
            matches(
                "{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \"nonmatch\""
                    + " && $.actions[2] = \"nonmatch\" }",
                USER))
        .isTrue();
    assertThat(
            matches(
                "{ ($.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] ="
                    + " \"nonmatch\") && $.actions[2] = \"nonmatch\" }",
                USER))
        .isFalse();
    assertThat(matches("{ $.coordinates[1][2] = 6 }", USER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{broken", "[{\"a\": 1}]", "", "{\"a\": 1} behind"})
  void whatIsNoJsonObjectIsNotMatchedByAPatternOfJson(String message) {
    assertThat(matches("{ $.a NOT EXISTS || $.a = * }", message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ip=%127\\.0\\.0\\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*,"
            + " bytes]",
        "[..., request =*.html*, status_code = 4*, bytes]",
        "[..., request=*.html*, status_code=4*,]",
        "[ip, user, ...]",
        "[ip, ..., bytes > 1000]",
        "[ip, user, username, timestamp, request =*.html*, status_code = 404 || status_code = 410,"
            + " bytes]",
        "[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]",
        "[ip = 127.0.0.1, rest]",
        "[ip, user, username, timestamp = \"10/Oct/2000:13:25:15 -0700\", rest]",
        "[...]",
      })
  void fieldsThatAreAsAsked(String pattern) {
    assertThat(matches(pattern, ACCESS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ip = 10.*, ...]",
        "[..., bytes < 1000]",
        "[..., status_code = 404]",
        "[a, b, c, d, e, f, g, h]",
        "[a, b, c, d, ..., e, f, g, h]",
        "[ip = 127.0.0.1]",
        "[..., request > 1, status_code, bytes]",
      })
  void fieldsThatAreNotAsAsked(String pattern) {
    assertThat(matches(pattern, ACCESS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR 09/25/2014 12:00:02 Failed,true",
    "WARNING 09/25/2014 Invalid user request,true",
    "INFO ERROR 12:00:00 GET,false"
  })
  void theFirstWordDecides(String message, boolean expected) {
    assertThat(matches("[w1=ERROR || w1=WARNING, w2]", message)).isEqualTo(expected);
    assertThat(matches("[w1!=ERROR && w1!=WARNING, w2]", message)).isEqualTo(!expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "%AUTHORIZED%,[ERROR 401] UNAUTHORIZED REQUEST,true",
        "%^[hc]at%,hat trick,true",
        "%^[hc]at%,a hat,false",
        "%[hc]at$%,the cat,true",
        "%[hc]at$%,cats,false",
        "%colou?r%,color,true",
        "`%a{,2}b%`,aab,true",
        "`%^starting|^shutting down%`,shutting down now,true",
        "`%^starting|^shutting down%`,now shutting down,false",
        "%\\x28\\d+\\x29%,f(12),true",
        "%10\\.10\\.0\\.1%,10010,false",
        "%\\[.\\]%,x[a]y,true",
      })
  void regularExpressionsAreFoundAnywhere(String pattern, String message, boolean expected) {
    assertThat(matches(pattern, message)).isEqualTo(expected);
    assertThat(matches(pattern, message + "\n")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b",
        "a-b",
        "\"open",
        "\"\"",
        "?",
        "-",
        "\"a\"b",
        "%a",
        "%%",
        "%a!%",
        "%(a)%",
        "%a*+%",
        "%a+?%",
        "%[a[b]]%",
        "%\\b%",
        "%\\x2%",
        "%[%",
        "%a% %b%",
        "{",
        "{}",
        "{ $.a }",
        "{ $a = 1 }",
        "{ $ = 1 }",
        "{ a = 1 }",
        "{ $.a = }",
        "{ $.a = 1",
        "{ $.a = 1 } x",
        "{ $.a > x }",
        "{ $.a > \"1\" }",
        "{ $.a IS NOT NULL }",
        "{ $.a EXISTS }",
        "{ $.a = 1 & $.b = 2 }",
        "{ ($.a = 1 }",
        "{ $.a[x] = 1 }",
        "{ $.*.* = 1 }",
        "{ $.*=1 || $.*=2 || $.*=3 || $.*=4 }",
        "[",
        "[a, b",
        "[a] x",
        "[a = ]",
        "[= 1]",
        "[..., a, ...]",
        "[a = 1 && b = 2]",
        "[w1=!ERROR&&w1=!WARN, w2]",
      })
  void whatIsNotUnderstoodIsRefused(String pattern) {
    assertThatThrownBy(() -> FilterPattern.parse(pattern))
        .isInstanceOf(InvalidPatternException.class)
        .hasMessageStartingWith("Invalid filter pattern");
  }

  @Test
  void aTermThatIsNoneIsNamed() {
    assertThatThrownBy(() -> FilterPattern.parse("\"\""))
        .hasMessage("Invalid filter pattern: Invalid character(s) in term '\"\"'");
    assertThatThrownBy(() -> FilterPattern.parse("me@example.com"))
        .hasMessage("Invalid filter pattern: Invalid character(s) in term 'me@example.com'");
  }
}
