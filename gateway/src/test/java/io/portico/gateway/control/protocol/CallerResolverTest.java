package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portico.gateway.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallerResolverTest {
  private final CallerResolver callers =
      new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of()));

  private static HttpRequest signed(String accessKeyId, String region) {
    return Requests.request(
        "GET",
        "/restapis",
        "",
        "Authorization",
        Requests.authorization(accessKeyId, region, "apigateway"));
  }

  @Test
  void anUnsignedRequestIsTheConfiguredAccounts() {
    assertThat(callers.resolve(Requests.request("GET", "/restapis", "")))
        .isEqualTo(new Caller("000000000000", "us-east-1", null));
  }

  @Test
  void theRegionIsThatOfTheSignature() {
    assertThat(callers.resolve(signed("AKIAEXAMPLE", "eu-west-1")))
        .isEqualTo(new Caller("000000000000", "eu-west-1", "AKIAEXAMPLE"));
  }

  @Test
  void anAccessKeyIdOfTwelveDigitsIsTheAccount() {
    assertThat(callers.resolve(signed("111122223333", "eu-west-1")).accountId())
        .isEqualTo("111122223333");
    assertThat(callers.resolve(signed("1111222233334", "eu-west-1")).accountId())
        .isEqualTo("000000000000");
  }

  @Test
  void aKeyIsTheAccountsForWhichItWasGivenOut() {
    CallerResolver resolver =
        new CallerResolver(
            "000000000000",
            "us-east-1",
            new ControlHosts(List.of()),
            signature ->
                signature.accessKeyId().endsWith("EXAMPLE")
                    ? new CallerResolver.IssuedKey("111122223333", true)
                    : null);

    assertThat(resolver.resolve(signed("ASIAEXAMPLE", "eu-west-1")).accountId())
        .isEqualTo("111122223333");
    assertThat(resolver.resolve(signed("ASIAOTHER", "eu-west-1")).accountId())
        .isEqualTo("000000000000");
    assertThat(resolver.resolve(signed("AKIAEXAMPLE", "eu-west-1")).accountId())
        .isEqualTo("111122223333");
    assertThat(resolver.resolve(signed("EXAMPLE", "eu-west-1")).accountId())
        .isEqualTo("000000000000");
  }

  @Test
  void aKeyThatIsNotGoodAnyMoreIsRefused() {
    CallerResolver resolver =
        new CallerResolver(
            "000000000000",
            "us-east-1",
            new ControlHosts(List.of()),
            signature -> new CallerResolver.IssuedKey("111122223333", false));

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> resolver.resolve(signed("AKIAEXAMPLE", "eu-west-1")))
        .withMessage("The security token included in the request is invalid.")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("UnrecognizedClientException"))
        .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(403));
  }

  @Test
  void aRegionThatIsNoneIsRefused() {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> callers.resolve(signed("AKIAEXAMPLE", "eu_west\u0001")))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("IncompleteSignatureException"));
  }

  @Test
  void aPresignedRequestThatCannotBeReadIsRefusedInWordsOfOurs() {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(
            () ->
                callers.resolve(
                    Requests.request(
                        "GET",
                        "/restapis?a=%zz&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=%",
                        "")))
        .withMessage("AWS query-string parameters must include 'X-Amz-SignedHeaders' parameter.")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("IncompleteSignatureException"));
  }

  @Test
  void anAccountIdHasTwelveDigits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallerResolver("1", "us-east-1", new ControlHosts(List.of())));
  }
}
