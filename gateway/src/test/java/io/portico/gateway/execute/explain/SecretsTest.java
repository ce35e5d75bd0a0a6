package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.portico.gateway.http.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final String SECRET = "s3cr3t-0123456789";

  /** Characters: what takes a square of them takes hours. */
  private static final int HOSTILE = 2 * 1024 * 1024;

  private final Secrets secrets = new Secrets(Set.of("x-who"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "x-api-key",
        "X-Amz-Security-Token",
        "Cookie",
        "Set-Cookie",
        "X-Auth-Token",
        "X-Auth",
        "X-Auth-Key",
        "Ocp-Apim-Subscription-Key",
        "x-functions-key",
        "X-Who"
      })
  void whatIsNamedLikeASecretIsHidden(String name) {
    Headers shown = secrets.hidden(Headers.of(name, SECRET, "Accept", "a/b"));

    assertThat(shown.first(name)).isEqualTo("*****456789");
    assertThat(shown.first("Accept")).isEqualTo("a/b");
  }

  @Test
  void theSchemeOfAnAuthorizationIsShown() {
    assertThat(secrets.hidden(Headers.of("Authorization", "Bearer " + SECRET)).toString())
        .contains("Bearer *****456789")
        .doesNotContain(SECRET);
  }

  @Test
  void aShortSecretIsNotShownAtAll() {
    assertThat(Secrets.masked("abcdef123")).isEqualTo("*****");
    assertThat(Secrets.masked("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x?X-Amz-Signature=s3cr3t-0123456789&a=b",
        "/x?a=b&access_token=s3cr3t-0123456789",
        "/x?X-Who=s3cr3t-0123456789",
        "/x?client_secret=s3cr3t-0123456789"
      })
  void parametersOfAQueryAreHidden(String target) {
    assertThat(secrets.hiddenParameters(target)).contains("=*****").doesNotContain("s3cr3t");
    assertThat(secrets.hiddenParameters("/x?a=b&c=d")).isEqualTo("/x?a=b&c=d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\": \"s3cr3t-0123456789\"}",
        "{\"headers\":{\"authorization\":\"Bearer s3cr3t-0123456789\"}}",
        "{\"multiValueHeaders\":{\"Cookie\":[\"s3cr3t-0123456789\",\"s3cr3t-2\"]}}",
        "{\"apiKey\":\"s3cr3t-0123456789\"}",
        "{\"pin\": \"s3cr3t-\\\"0123456789\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-0123456789\\\"}\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-\\\\\\\"s3cr3t-2\\\"}\"}",
        "{\"body\":\"{\\\"token\\\":\\\"s3cr3t-0123456",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"s3cr3t-0123456789\\\\\\\"}\\\"}\"}",
        "<SecretAccessKey>s3cr3t-0123456789</SecretAccessKey>",
        "<a:SessionToken type='x'>s3cr3t-\"0\"&amp;123</a:SessionToken>",
        "<password><![CDATA[s3cr3t-0123456789]]></password>",
        "{\"body\":\"<Password>s3cr3t-0123456",
        "grant_type=x&client_secret=s3cr3t-0123456789",
        "{\"password\": \"s3cr3t-0123456",
        "{\"credentials\": {\"user\": \"s3cr3t-1\", \"deep\": [{\"of\": \"s3cr3t-2 ] } \"}]}}",
        "{\"tokens\": [{\"value\": \"s3cr3t-1\"}, [\"s3cr3t-2\", 3], \"s3cr3t-3\"]}",
        "{\"session\": {\"a\": \"s3cr3t-1\"",
        "{\"a\":\"{\\\"secrets\\\":{\\\"x\\\":\\\"s3cr3t-1\\\",\\\"y\\\":[\\\"s3cr3t-2\\\"]}}\"}",
        "{\"a\":\"{\\n \\\"token\\\":\\n \\\"s3cr3t-1\\\"}\"}",
        "{\"api key\": \"s3cr3t-1\", \"p\\u0061ssword\": \"s3cr3t-2\"}",
        "<password>s3cr3t-1<!-- </password> -->s3cr3t-2</password>",
        "<password><![CDATA[s3cr3t-1</password>]]>s3cr3t-2</password>",
        "<Credentials><User>s3cr3t-1</User><Credentials>x</Credentials>s3cr3t-2</Credentials>",
        "<Credentials><User>s3cr3t-1</User>",
        "<user name='Rex' password='s3cr3t-1 s3cr3t-2'/>",
        "<user wsse:Password = \"s3cr3t-1 > s3cr3t-2\">Rex</user>",
        "<password value=\"s3cr3t-1\"/>",
        "{\"body\":\"<user password=\\\"s3cr3t-1 s3cr3t-2\\\" name=\\\"Rex\\\"/>\"}",
        "a=b&pass%77ord=s3cr3t-1",
        "a=b&user[password]=s3cr3t-1),;'s3cr3t-2&c=d",
        "{Authorization=Bearer s3cr3t-1, Accept=*/*}",
        "Digest username=\"Rex\", signature=\"s3cr3t-1 s3cr3t-2\"",
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3cr3t-1\r\ns3cr3t-2\r\n--b--",
        "--b\nContent-Disposition: form-data; filename=\"a\"; name=token\nContent-Type: a/b\n\ns3cr3t-1",
        "{\"body\":\"--b\\r\\nContent-Disposition: form-data; name=\\\"token\\\"\\r\\n\\r\\ns3cr3t-1\\r\\n--b--\"}",
        "{\"body\":\"{\\u0022token\\u0022:\\u0022s3cr3t-1\\u0022}\"}",
        "{\"body\":\"{\\u0022token\\u0022:\\u0022\\\\u0022s3cr3t-1\\u0022}\"}",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\u0022token\\\\u0022:\\\\u0022s3cr3t-1\\\\u0022}\\\"}\"}",
        "{\"body\":\"\\u003ctoken\\u003es3cr3t-1\\u003C\\/token\\u003E\"}",
        "{\"body\":\"a=b\\u0026token\\u003ds3cr3t-1\"}",
        "{\"body\":\"user=bob\\npassword=s3cr3t-1\"}",
        "{\"body\":\"user=bob\\r\\n\\tpassword=s3cr3t-1\"}",
        "{password='s3cr3t-1 s3cr3t-2', user=bob}",
        "{user=bob, token=s3cr3t-1, password=s3cr3t-2 s3cr3t-3 s3cr3t-4}",
        "{password=Bearer s3cr3t-1, s3cr3t-2 s3cr3t-3, user=bob}",
        "User(password=\"s3cr3t-1 s3cr3t-2\")",
        "{\"log\":\"User(password=\\\"s3cr3t-1 s3cr3t-2\\\")\"}",
        "a=b&user[pass]=s3cr3t-1&card[cvv]=s3cr3t-2&pass[]=s3cr3t-3",
        "login.pin=s3cr3t-1",
        "<n:pin>s3cr3t-1</n:pin>",
        "{\"query\":\"mutation { login(user: \\\"bob\\\", password: \\\"s3cr3t-1 \\\\\\\" s3cr3t-2\\\") }\"}",
        "{\"query\":\"{\\npin: \\\"s3cr3t-1\\\"}\"}",
        "{'password': 's3cr3t-1 \\' \" s3cr3t-2', 'user': 'bob'}",
        "{\"password\" => \"s3cr3t-1\", :token=>\"s3cr3t-2\"}",
        "RelayState=x&SAMLResponse=s3cr3t-1",
        "[{\"name\": \"password\", \"value\": \"s3cr3t-1\"}, {\"Key\":\"api-key\",\"Value\":\"s3cr3t-2\"}]",
        "{\"value\":\"s3cr3t-1\",\"name\":\"token\"}",
        "{\"Value\": {\"StringValue\": \"s3cr3t-1\"} , \"Name\": \"token\"}",
        "{\"name\":\"token\",\"of\":{\"a\":[1,\"}\"]},\"b\":null,\"value\":[\"s3cr3t-1\",{\"c\":\"s3cr3t-2\"}]}",
        "{\"value\":\"{\\\"pin\\\":\\\"s3cr3t-1\\\",\\\"a\\\":\\\"s3cr3t-2\\\"}\",\"key\":\"token\"}",
        "{\"body\":\"{\\\"name\\\":\\\"pin\\\",\\n \\\"value\\\":\\\"s3cr3t-1\\\"}\"}",
        "{\"body\":\"[{\\\"value\\\":\\\"s3cr3t-1\\\",\\\"name\\\":\\\"pin\\\"}]\"}",
        "5\" wide: {\"name\":\"p\\u0061ssword\",\"value\":\"s3cr3t-0123456"
      })
  void membersAndFormsOfAContentAreHidden(String content) {
    assertThat(secrets.hidden(content)).doesNotContain("s3cr3t");
  }

  @Test
  void whatStandsBesideASecretStays() {
    assertThat(
            secrets.hidden(
                "{\"a\":\"{\\\"token\\\":\\\"x\\\\\\\\\\\",\\\"name\\\":\\\"Rex\\\"}\",\"b\":1}"))
        .isEqualTo("{\"a\":\"{\\\"token\\\":\\\"*****\\\",\\\"name\\\":\\\"Rex\\\"}\",\"b\":1}");
    assertThat(secrets.hidden("<Answer>\n <SessionToken>x</SessionToken><Name>Rex</Name>"))
        .isEqualTo("<Answer>\n <SessionToken>*****</SessionToken><Name>Rex</Name>");
    assertThat(secrets.hidden("{\"token\":{\"a\":[1,{\"b\":\"]}\"}]},\"name\":\"Rex\"}"))
        .isEqualTo("{\"token\":\"*****\",\"name\":\"Rex\"}");
    assertThat(secrets.hidden("{\"a\":\"{\\\"token\\\":[1\",\"name\":\"Rex\"}"))
        .isEqualTo("{\"a\":\"{\\\"token\\\":\\\"*****\\\"\",\"name\":\"Rex\"}");
    assertThat(secrets.hidden("<a token=\"x\" name=\"Rex\"><pin v='1'/><b/></a>"))
        .isEqualTo("<a token=\"*****\" name=\"Rex\"><pin *****/><b/></a>");
    assertThat(
            secrets.hidden(
                "{\"name\":\"pin\",\"of\":\"a\",\"value\":12,\"b\":1},{\"name\":\"Rex\",\"value\":\"b\"}"))
        .isEqualTo(
            "{\"name\":\"pin\",\"of\":\"a\",\"value\":\"*****\",\"b\":1},{\"name\":\"Rex\",\"value\":\"b\"}");
    assertThat(
            secrets.hidden(
                "[{\"value\":\"a\",\"key\":\"of\"},{\"value\":\"x\",\"key\":\"token\",\"value\":\"b\"}]"))
        .isEqualTo(
            "[{\"value\":\"a\",\"key\":\"of\"},{\"value\":\"x\",\"key\":\"token\",\"value\":\"*****\"}]");
    assertThat(secrets.hidden("name=Rex&token=x&of=(me)"))
        .isEqualTo("name=Rex&token=*****&of=(me)");
    assertThat(
            secrets.hidden(
                "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n1\r\n--b\r\n"
                    + "Content-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n--b--"))
        .isEqualTo(
            "--b\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n*****\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"name\"\r\n\r\nRex\r\n--b--");
  }

  @Test
  void whatStandsBesideAValueOfAListStays() {
    assertThat(secrets.hidden("{user=bob, password=a b, of=(me)} and more"))
        .isEqualTo("{user=bob, password=*****, of=(me)} and more");
    assertThat(secrets.hidden("{password='a b', user=bob}"))
        .isEqualTo("{password='*****', user=bob}");
    assertThat(secrets.hidden("[User(name=a, pin=1 2), User(name=b)]"))
        .isEqualTo("[User(name=a, pin=*****), User(name=b)]");
    assertThat(secrets.hidden("login(password: \"x\", user: \"bob\") {'pin': '1', 'of': 2}"))
        .isEqualTo("login(password: \"*****\", user: \"bob\") {'pin': '*****', 'of': 2}");
  }

  @Test
  void whatStandsBesideASecretThatIsEscapedStays() {
    assertThat(
            secrets.hidden(
                "{\"a\":\"{\\u0022token\\u0022:\\u0022x\\u0022,\\u0022b\\u0022:1}\",\"c\":1}"))
        .isEqualTo("{\"a\":\"{\\\"token\\\":\\\"*****\\\",\\\"b\\\":1}\",\"c\":1}");
    assertThat(secrets.hidden("{\"a\":\"<token>x<\\/token>\",\"b\":1}"))
        .isEqualTo("{\"a\":\"<token>*****</token>\",\"b\":1}");
  }

  /** A sentence may have a word in angle brackets, and no end tag. */
  @Test
  void whatIsNoElementHidesTheRestOfItsTextAlone() {
    String content = "{\"message\":\"send Authorization: Bearer <token>\",\"code\":\"E1\"}";

    assertThat(secrets.hidden(content)).isEqualTo(content);
    assertThat(secrets.hidden("{\"a\":\"{\\\"b\\\":\\\"<token>x\\\"}\"}"))
        .isEqualTo("{\"a\":\"{\\\"b\\\":\\\"<token>*****\\\"}\"}");
    assertThat(secrets.hidden("<a><token>x<token>y</token>z</a>"))
        .isEqualTo("<a><token>*****</token>z</a>");
    assertThat(secrets.hiddenBeginning("<token>a\"b\nc")).isEqualTo("<token>*****");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      textBlock =
          """
          Location -> https://app/cb?code=s3cr3t-0123456789&a=b -> https://app/cb?code=*****456789&a=b
          Refresh -> 0; url=/cb#access_token=s3cr3t-0123456789 -> 0; url=/cb#access_token=*****456789
          Link -> <https://a/?token=s3cr3t-0123456789>; rel=next -> <https://a/?token=*****456789>; rel=next
          """)
  void parametersInValuesOfHeadersAreHidden(String name, String value, String shown) {
    assertThat(secrets.hidden(Headers.of(name, value)).first(name)).isEqualTo(shown);
  }

  @Test
  void aQueryChangesNoWordsOfTheGateway() {
    secrets.learn(Headers.of("x-api-key", SECRET), "token=resource%20policy");

    assertThat(secrets.hiddenWords("the resource policy denies it to " + SECRET))
        .isEqualTo("the resource policy denies it to *****456789");
    assertThat(secrets.hidden("the resource policy")).isEqualTo("the *****policy");

    secrets.add("resource policy");

    assertThat(secrets.hiddenWords("the resource policy")).isEqualTo("the *****policy");
  }

  @Test
  void wordsThatWereCutEndInNoSecret() {
    secrets.add(SECRET);

    assertThat(secrets.hiddenWords("no pair: 's3cr3t-0123… in Authorization s3cr3…"))
        .isEqualTo("no pair: '*****… in Authorization s3cr3…");
  }

  @Test
  void parametersOfAPathAreHidden() {
    secrets.learnPath(Map.of("token", "a%2fsecret+of%20mine", "id", "no-secret-at-all"));

    assertThat(
            secrets.hidden(
                "/x/a%2fsecret+of%20mine a/secret+of mine a%2Fsecret%2Bof%20mine no-secret-at-all"))
        .isEqualTo("/x/*****20mine *****f mine *****20mine no-secret-at-all");
  }

  @Test
  void whatTellsNothingStays() {
    for (String content :
        List.of(
            "{\"token\":null,\"cookies\":[],\"session\":{ }}",
            "{\"name\":\"token\",\"value\":null}",
            "{\"name\":\"token\"},{\"value\":\"a\"}",
            "<token></token><token/>",
            "a <b")) {
      assertThat(secrets.hidden(content)).isEqualTo(content);
    }
  }

  /** Whatever is hidden is looked for in much more than is shown of one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\",
        "<a ",
        "<token>",
        "<token a='",
        "<token",
        "</token><!--",
        "\"token\":\"",
        "\\\"token\\\":\\\"",
        "\"token\":[",
        "\"token\":[\\\"",
        "\\\"\\\\\\\"\\\\\\\\\\\\\\\"",
        "\"\\n",
        "<",
        "[",
        " token=",
        "token =  \"",
        "&token=a",
        "form-data; name=token\n",
        "form-data; name=token\n\n",
        "form-data;name=\\r\\n",
        "<token>\"",
        "<token><![CDATA[\"",
        "</token><token><token>\"",
        "</",
        "\\u0022",
        "\\\\u0022",
        "\\/",
        "{token=a, ",
        "{token=a ",
        "{token='",
        "{token=' ",
        ", ",
        "\\ntoken=",
        "token: \"",
        "token:'",
        "token: \\\"",
        "\"name\":\"token\",",
        "{\"name\":\"token\",\"a\":",
        "\"name\":\"token\",\"value\":\"",
        "\"name\":\"token\",\"value\":[",
        "\"value\":[{",
        "\"value\":[,\"name\":\"token\"",
        "\"value\":\"\\\"name\\\":\\\"token\\\""
      })
  void hostileContentTakesNoLongerThanOther(String part) {
    isSoonHidden(part.repeat(HOSTILE / part.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<token%1$d>\"",
        "<token%1$d><token%1$d></token%1$d>",
        "<token%1$d><![CDATA[</token%1$d>",
        "<token%1$d><!--</token%1$d>",
        "token%1$d='",
      })
  void hostileNamesTakeNoLongerThanOthers(String part) {
    StringBuilder content = new StringBuilder();
    for (int i = 0; content.length() < HOSTILE; i++) {
      content.append(part.formatted(i));
    }

    isSoonHidden(content.toString());
  }

  private void isSoonHidden(String content) {
    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), () -> secrets.hidden(content)))
        .isNotNull();
    if (content.indexOf('<') >= 0) {
      assertThat(
              assertTimeoutPreemptively(
                  Duration.ofSeconds(10), () -> secrets.hiddenBeginning(content)))
          .isNotNull();
    }
  }

  @Test
  void aSecretOfAContentIsHiddenWhereverItStandsLater() {
    assertThat(secrets.hidden("{\"password\":\"" + SECRET + "\"}")).doesNotContain(SECRET);

    assertThat(secrets.hidden("made of " + SECRET)).isEqualTo("made of *****456789");
  }

  @Test
  void whatAHeaderIsMadeOfIsHiddenByItself() {
    secrets.learn(
        Headers.of(
            "Authorization",
            "Basic UmV4Om15LW93bi1wYXNz",
            "Cookie",
            "theme=dark; id=0123456789abcdef"),
        null);

    assertThat(secrets.hidden("my-own-pass 0123456789abcdef dark"))
        .isEqualTo("***** *****abcdef dark");
  }

  @Test
  void otherMembersStay() {
    String content = "{\"name\": \"Rex\", \"tags\": [\"a\"], \"age\": 3, \"monkey\": \"b\"}";

    assertThat(secrets.hidden(content)).isEqualTo(content);
  }

  @Test
  void theSameValueIsHiddenWhereverItStands() {
    secrets.learn(
        Headers.of("Authorization", "Bearer " + SECRET), "a=b&token=another-secret-of-mine");
    secrets.learn(Headers.empty(), "code=a%2Fsecret%2Bof+mine");
    secrets.add("the-value-of-a-key");

    assertThat(secrets.hidden("log: " + SECRET + " another-secret-of-mine the-value-of-a-key end"))
        .isEqualTo("log: *****456789 *****f-mine *****-a-key end");
    assertThat(secrets.hidden("a/secret+of mine a%2Fsecret%2Bof+mine"))
        .isEqualTo("*****f mine *****f+mine");
  }
}
