package io.portico.gateway.control.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/quotas.md} says what the table says. {@code -Dportico.docs=write} writes it. */
class QuotaDocumentationTest {
  private static final Path FILE = Path.of("../docs/quotas.md");

  private static final String HEAD =
      """
      # Quotas

      AWS's quotas of REST, HTTP and WebSocket APIs: of what is configured, of calls, and of how often the control plane
      may be asked. What happens where one would be exceeded is its mode:

      - `enforce`: the call is refused as AWS refuses it (`LimitExceededException` where things are counted,
        `TooManyRequestsException` for rates, both 429; `BadRequestException` for values).
      - `warn`: it is carried out, and the log says that AWS would have refused it, once a minute for each
        owner; an import says so in its `warnings`, too, and so is refused with `failOnWarnings`.
      - `off`: it is carried out.

      | key | sets | default |
      |---|---|---|
      | `quotas.counts` | the mode of those that count | `warn` |
      | `quotas.values` | the mode of those that bound a value, and so change how an API behaves | `enforce` |
      | `quotas.rates` | the mode of rates | `off` |
      | `quotas.of` | a single one's number or mode | none |

      `quotas.of` is a list such as `resources=500, stages=enforce, integration-timeout=120000:enforce,
      payload-size=off`. See [configuration.md](configuration.md).

      This page is written from the code: `mvn -pl gateway test -Dtest=QuotaDocumentationTest
      -Dportico.docs=write`.
      """;

  private static final String COUNTS =
      """

      ## What is counted

      An update counts only what becomes more: a stage of eleven can be changed, and a variable of too many be
      removed. An import counts all of its API.

      """;

  private static final String VALUES =
      """

      ## Values

      `payload-size` and `foreach-iterations` bound calls. A request with a longer body is answered with 413, a
      longer answer of a backend with 500 (where the number is above 10 MB, an answer whose length was not known
      beforehand breaks off); answers that are streamed are never too long. Further elements of a `#foreach` are
      left out. With `warn`, bodies that go through as they come are told of only where their length is known.

      `header-size`, `url-length`, `edge-url-length` and `websocket-url-length` bound the heads of calls: a longer one is
      answered with 431 or 414, before any API is asked. Whatever they say, the listener takes a head of 32 KB at most, and a request
      line of 16 KB.

      A document of ImportRestApi or PutRestApi is never longer than 64 MB, whatever `definition-size` says; beyond
      the quota the answer is 413.

      What a Lambda authorizer of a WebSocket API answers beyond `authorizer-result-size` lets nobody in: 500.

      """;

  private static final String RATES =
      """

      ## Rates

      Token buckets, for each account and region: a rate's number of requests at once, and then as many evenly
      over its period; all operations together may come 40 at once. A request that its own rate refuses is not
      counted for all together. Buckets are memory of the process.

      Rates are off by default, because a laptop's tests create, deploy and delete many times faster than AWS lets
      them, and nothing of what is configured depends on them. Switched on, they show whether a script waits and
      tries again as it has to on AWS. They are those of API Gateway's own operations; calls of APIs are bounded by
      `throttle.rate-limit` and `throttle.burst-limit`.

      """;

  private static final String ISSUERS =
      """

      ## Issuers of JWT authorizers

      AWS's quotas of what an HTTP API's JWT authorizer fetches, and what sets them here:

      | quota | AWS's | here |
      |---|---|---|
      | time of an OpenID configuration | 1,500 ms | `jwt.issuer-timeout`, then 401 |
      | time of a key set | 1,500 ms | `jwt.issuer-timeout`, then 401 |
      | length of a key set, and here of a configuration | 150,000 bytes | always, then 401 |
      """;

  private static final String WEBSOCKET =
      """

      ## WebSocket APIs

      AWS's quotas of [WebSocket APIs](websocket.md), and what sets them here:

      | quota | AWS's | here |
      |---|---|---|
      | new connections of an account in a region | 500 a second | `websocket.connection-rate-limit`, then 429; no limit by default, for the reasons of [decision 0009](decisions/0009-no-account-limit-by-default.md) |
      | connections at once | none | `websocket.max-connections`, then 503: what this process has room for |
      | connections of an address | none | `websocket.max-connections-per-address`, then 429; none by default |
      | requests of an account in a region, connections, messages and `@connections` among them | 10,000 a second | `throttle.rate-limit`, `throttle.burst-limit`, then 429; no limit by default |
      | Lambda authorizers, routes, integrations, stages of an API | 10, 300, 300, 10 | `authorizers`, `routes`, `integrations`, `stages` above |
      | what a Lambda authorizer answers | 8 KB | `authorizer-result-size` above |
      | timeout of an integration | 50 ms to 29 s | `integration-timeout` above |
      | frame of a client | 32 KB | `websocket.max-frame`, then the connection ends with 1009 |
      | message, either way | 128 KB | `websocket.max-message`, then 1009; of `@connections` 413; an answer of a route fails |
      | mapping template | 300 KB | `template-size` above |
      | what waits for a client, for a connection's turn, how long handling and closing take | not documented | `websocket.max-unsent`, `websocket.max-waiting`, `websocket.handling-timeout`, `websocket.close-timeout` |
      | how long a connection lasts | 2 hours | `websocket.max-duration`, then 1001 |
      | how long nothing happens on it | 10 minutes | `websocket.idle-timeout`, then 1001 |
      | URL | 4,096 characters | `websocket-url-length` above |
      | access log format | 3 KB | `access-log-format-size` above |
      """;

  private static final String OTHERS =
      """

      ## What is no quota here

      Limits that AWS states as what a value may be are validation; they always hold, with AWS's text.

      | limit | AWS's |
      |---|---|
      | characters of an API key's value | 20 to 128 |
      | characters of a stage's name | 1 to 128, of `a-zA-Z0-9_-` |
      | characters of a base path | 1 to 300 |
      | shortest timeout of an integration | 50 ms |
      | `minimumCompressionSize` | 0 to 10,485,760 bytes |
      | key of a tag | not empty, does not begin with `aws:` |

      The throttle of an account in a region (10,000 requests a second, 5,000 at once) is set by
      `throttle.rate-limit` and `throttle.burst-limit`.

      The ARN of a method with a Lambda authorizer has 1,600 bytes at most, then its calls are answered 414. AWS has more quotas, for which
      nothing here is counted or refused yet: the length of that ARN with other authorization, truststores, and the
      time a connection may idle (310 s; here `http.keep-alive-timeout`).
      """;

  @Test
  void documentsEveryQuota() throws IOException {
    String documentation =
        HEAD
            + COUNTS
            + table(Quota.Kind.COUNT)
            + VALUES
            + table(Quota.Kind.VALUE)
            + RATES
            + table(Quota.Kind.RATE)
            + ISSUERS
            + WEBSOCKET
            + OTHERS;
    if ("write".equals(System.getProperty("portico.docs"))) {
      Files.writeString(FILE, documentation);
    }

    assertThat(Files.readString(FILE)).isEqualTo(documentation);
  }

  private static String table(Quota.Kind kind) {
    StringBuilder text =
        new StringBuilder(
            "| name | what it bounds | AWS's | mode by default |\n|---|---|---|---|\n");
    Quotas standard = Quotas.standard(InstantSource.system());
    for (Quota quota : Quota.values()) {
      if (quota.kind() != kind) {
        continue;
      }
      QuotaSetting setting = standard.setting(quota);
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %,d%s | %s |\n",
              quota.key(),
              quota.words(),
              setting.limit(),
              quota.unit().isEmpty() ? "" : " " + quota.unit(),
              setting.mode().name().toLowerCase(Locale.ROOT)));
    }
    return text.toString();
  }
}
