package io.portico.gateway.execute.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What cases do not show: answers that are large, and those made by chance. */
final class AuthorizerAnswerTest {
  private static final String GOOD =
      """
      {"principalId": "me", "usageIdentifierKey": "k",
       "policyDocument": {"Version": "2012-10-17", "Statement": [%s]},
       "context": {"text": "t", "number": 7, "large": 12345678901234567890, "small": 1e-7, "yes": true}}
      """;
  private static final String STATEMENT =
      "{\"Action\": \"execute-api:Invoke\", \"Effect\": \"Allow\", \"Resource\": \"arn:aws:x\"}";

  @Test
  void everyValueOfAContextIsAText() {
    assertThat(of(GOOD.formatted(STATEMENT)))
        .isInstanceOfSatisfying(
            Answered.class,
            answer -> {
              assertThat(answer.context().values())
                  .isEqualTo(
                      Map.of(
                          "principalId", "me",
                          "text", "t",
                          "number", "7",
                          "large", "12345678901234567890",
                          "small", "1E-7",
                          "yes", "true"));
              assertThat(answer.context().usageIdentifierKey()).isEqualTo("k");
              assertThat(answer.document())
                  .isEqualTo(
                      "{\"Version\":\"2012-10-17\",\"Statement\":["
                          + STATEMENT.replace(" ", "")
                          + "]}");
            });
  }

  @Test
  void aPolicyOfThousandsOfStatementsIsReadAndALongerAnswerIsNot() {
    String many = (STATEMENT + ",").repeat(2500) + STATEMENT;

    assertThat(of(GOOD.formatted(many))).isInstanceOf(Answered.class);
    assertThat(of(GOOD.formatted((STATEMENT + ",").repeat(10_000) + STATEMENT)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aDeepAnswerIsRefused() {
    assertThat(of("[".repeat(100_000))).isInstanceOf(Refused.class);
    assertThat(
            of(
                "{\"principalId\": \"me\", \"policyDocument\": "
                    + "{\"Statement\": ".repeat(1000)
                    + "1"
                    + "}".repeat(1001)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void bytesByChanceAreRefusedAndNeverThrow() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = GOOD.formatted(STATEMENT).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5000; i++) {
      byte[] changed = good.clone();
      for (int j = random.nextInt(1, 8); j > 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }

      AuthorizerResult result = AuthorizerAnswer.of(changed);

      if (result instanceof Refused refused) {
        assertThat(refused.type())
            .as("seed %d", seed)
            .isEqualTo(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR);
      } else {
        assertThat(((Answered) result).context().principalId()).as("seed %d", seed).isNotNull();
      }
    }
  }

  private static AuthorizerResult of(String answer) {
    return AuthorizerAnswer.of(answer.getBytes(StandardCharsets.UTF_8));
  }
}
