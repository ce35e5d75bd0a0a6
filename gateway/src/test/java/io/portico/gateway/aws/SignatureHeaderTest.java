package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureHeaderTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);

  private static HttpRequest request(String target, Headers headers) {
    return new HttpRequest(
        "GET",
        target,
        "HTTP/1.1",
        headers,
        Body.EMPTY,
        new ClientConnection(LOOPBACK, LOOPBACK, null),
        0);
  }

  private static HttpRequest authorized(String authorization) {
    return request("/restapis", Headers.of("Authorization", authorization));
  }

  @Test
  void readsAnAuthorizationField() {
    assertThat(
            SignatureHeader.of(
                authorized(
                    "AWS4-HMAC-SHA256"
                        + " Credential=AKIAEXAMPLE/20260102/eu-west-1/apigateway/aws4_request,"
                        + " SignedHeaders=accept;host;x-amz-date, Signature=0123abcd")))
        .contains(
            new SignatureHeader(
                "AWS4-HMAC-SHA256",
                "AKIAEXAMPLE",
                "20260102",
                "eu-west-1",
                "apigateway",
                List.of("accept", "host", "x-amz-date"),
                "0123abcd"));
  }

  @Test
  void readsAnAuthorizationFieldWithoutBlanks() {
    assertThat(
            SignatureHeader.serviceOf(
                authorized(
                    "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/lambda/aws4_request,"
                        + "SignedHeaders=host,Signature=0")))
        .isEqualTo("lambda");
  }

  @Test
  void readsASignatureForManyRegions() {
    SignatureHeader signature =
        SignatureHeader.of(
                authorized(
                    "AWS4-ECDSA-P256-SHA256 Credential=AKIAEXAMPLE/20260102/execute-api/aws4_request,"
                        + " SignedHeaders=host;x-amz-region-set, Signature=3045"))
            .orElseThrow();

    assertThat(signature.region()).isNull();
    assertThat(signature.service()).isEqualTo("execute-api");
  }

  @Test
  void readsAPresignedRequest() {
    SignatureHeader signature =
        SignatureHeader.of(
                request(
                    "/restapis?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAEXAMPLE%2F20260102%2Feu-west-1%2Fapigateway%2Faws4_request"
                        + "&X-Amz-Date=20260102T030405Z&X-Amz-SignedHeaders=host&X-Amz-Signature=0",
                    Headers.empty()))
            .orElseThrow();

    assertThat(signature.region()).isEqualTo("eu-west-1");
    assertThat(signature.accessKeyId()).isEqualTo("AKIAEXAMPLE");
  }

  @Test
  void findsNothingWhereNothingIsSigned() {
    assertThat(SignatureHeader.of(request("/restapis?a=b", Headers.empty()))).isEmpty();
    assertThat(SignatureHeader.of(authorized("Bearer abc"))).isEmpty();
    assertThat(SignatureHeader.of(authorized("Basic YTpi"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=",
        "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/lambda/aws4_request, Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/lambda/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=A/2026/us-east-1/lambda/aws4_request, SignedHeaders=host,"
            + " Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/20260102/US EAST/lambda/aws4_request, SignedHeaders=host,"
            + " Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/B/20260102/us-east-1/lambda/aws4_request,"
            + " SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=/20260102/us-east-1/lambda/aws4_request, SignedHeaders=host,"
            + " Signature=0",
        "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/lambda/aws5_request, SignedHeaders=host,"
            + " Signature=0",
        "AWS4-HMAC-MD5 Credential=A/20260102/us-east-1/lambda/aws4_request, SignedHeaders=host,"
            + " Signature=0",
      })
  void aSignatureThatCannotBeReadIsRefused(String authorization) {
    assertThatExceptionOfType(UnreadableSignatureException.class)
        .isThrownBy(() -> SignatureHeader.of(authorized(authorization)));
    assertThat(SignatureHeader.serviceOf(authorized(authorization))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%z", "%zz", "%C3", "%00", "a%2"})
  void anEscapeThatIsNoneStaysAsItIs(String value) {
    HttpRequest request =
        request(
            "/?other=%s&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=%s"
                    .formatted(value, value)
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature=0",
            Headers.empty());

    assertThatExceptionOfType(UnreadableSignatureException.class)
        .isThrownBy(() -> SignatureHeader.of(request))
        .withMessageStartingWith("Credential must have the form");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ", ", " ", "\t,,"})
  void anAlgorithmStandsFirst(String before) {
    String authorization =
        before
            + "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/lambda/aws4_request,"
            + " SignedHeaders=host, Signature=0";

    assertThat(SignatureHeader.of(authorized(authorization))).isEmpty();
    assertThat(SignatureHeader.complaint(authorized(authorization), authorization))
        .isEqualTo("Unsupported AWS 'algorithm': '" + before + "AWS4-HMAC-SHA256'.");
  }
}
