package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Cbor;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MissingServicesTest {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  private final ControlPlane plane =
      new ControlPlane(
          Map.of(), new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of())));

  private static HttpRequest signed(String service, String target, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Authorization";
    all[1] = Requests.authorization("AKIAEXAMPLE", "us-east-1", service);
    System.arraycopy(headers, 0, all, 2, headers.length);
    return Requests.request("POST", target, "", all);
  }

  private static String text(HttpResponse response) throws IOException {
    return new String(response.body().readAll(4096), StandardCharsets.UTF_8)
        .replaceAll(">\\s+<", "><");
  }

  private HttpResponse refused(HttpRequest request) {
    HttpResponse response = plane.handle(request);
    assertThat(response.status()).isEqualTo(501);
    return response;
  }

  @Test
  void aFormIsRefusedInXml() throws IOException {
    HttpResponse response = refused(signed("cloudformation", "/", "Content-Type", FORM));

    assertThat(response.headers().first("Content-Type")).isEqualTo("text/xml");
    assertThat(text(response))
        .contains("<ErrorResponse><Error><Type>Receiver</Type>")
        .contains("<Code>NotImplementedException</Code>")
        .contains("<Message>Portico has no CloudFormation: of AWS")
        .contains("</Error><RequestId>");
  }

  @Test
  void ec2HasItsOwnForm() throws IOException {
    assertThat(text(refused(signed("ec2", "/", "Content-Type", FORM))))
        .contains("<Response><Errors><Error><Code>NotImplementedException</Code>");
  }

  @Test
  void s3HasItsOwnForm() throws IOException {
    assertThat(text(refused(signed("s3", "/bucket")))).contains("<Error><Code>NotImpl");
    assertThat(text(refused(signed("route53", "/2013-04-01/hostedzone"))))
        .contains("<ErrorResponse>");
  }

  @Test
  void aJsonCallIsRefusedInJson() throws IOException {
    HttpResponse response =
        refused(
            signed(
                "ssm",
                "/",
                "X-Amz-Target",
                "AmazonSSM.GetParameter",
                "Content-Type",
                "application/x-amz-json-1.1"));

    assertThat(response.headers().first("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(Json.parse(text(response)).path("__type").asString())
        .isEqualTo("NotImplementedException");
    assertThat(Json.parse(text(response)).path("message").asString())
        .startsWith("Portico has no SSM: ");
  }

  @Test
  void aServiceThatNobodyKnowsIsNamedAsItWas() throws IOException {
    HttpResponse response = refused(signed("made-up", "/v1/things"));

    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("NotImplementedException");
    assertThat(text(response)).contains("Portico has no made-up: ");
  }

  @Test
  void aCallInCborIsRefusedInCbor() throws IOException {
    HttpResponse response =
        refused(
            signed(
                "kafkaconnect",
                "/service/SomeService/operation/ListThings",
                "Smithy-Protocol",
                "rpc-v2-cbor",
                "Content-Type",
                "application/cbor"));

    assertThat(response.headers().first("Smithy-Protocol")).isEqualTo("rpc-v2-cbor");
    assertThat(Cbor.parse(response.body().readAll(4096)).path("__type").asString())
        .isEqualTo("NotImplementedException");
  }

  @Test
  void aWebPageLearnsNothing() {
    HttpResponse response =
        plane.handle(
            signed("cloudformation", "/", "Content-Type", FORM, "Origin", "https://evil.example"));

    assertThat(response.status()).isEqualTo(403);
  }
}
