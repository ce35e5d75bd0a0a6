package io.portico.gateway.execute.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of bodies in headers, both ways: each stays one value, whatever is in it. */
final class MappedHeadersTest {

  static List<String> values() {
    List<String> values = new ArrayList<>(List.of("", " ", "\u010d\u010aX-Evil: 1", "é€中😀"));
    values.add("\r\nX-Evil: 1\r\n\r\n".repeat(10_000));
    for (char c = 0; c < 0x100; c++) {
      values.add("a" + c + "X-Evil: 1");
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyValueStaysInItsHeader(String value) {
    CaseApi api = new CaseApi();
    api.integration(
        """
        type: HTTP
        httpMethod: POST
        uri: http://backend.test/
        requestParameters: {integration.request.header.X-Mapped: method.request.body.v}
        requestTemplates:
          application/json: |-
            #set($context.requestOverride.header.X-Template = $input.path('$.v'))
        integrationResponses:
          '200':
            responseParameters: {method.response.header.X-Mapped: integration.response.body.v}
            responseTemplates:
              application/json: |-
                #set($context.responseOverride.header.X-Template = $input.path('$.v'))
        """);
    Body body = Body.of(Json.text(Json.object().put("v", value)));
    List<UpstreamRequest> sent = new ArrayList<>();

    HttpResponse answer =
        TestGateway.of(
                api,
                request -> {
                  sent.add(request);
                  return new UpstreamResponse(200, Headers.empty(), body);
                })
            .handle(Requests.request("GET", "/pets", Headers.empty(), body));

    assertThat(answer.status()).isEqualTo(200);
    for (Headers headers : List.of(sent.getFirst().headers(), answer.headers())) {
      for (String name : List.of("X-Mapped", "X-Template")) {
        String written = asUtf8(headers.first(name));
        assertThat(written).hasSameSizeAs(value);
        for (int i = 0; i < value.length(); i++) {
          char c = value.charAt(i);
          boolean control = (c < ' ' && c != '\t') || c == 0x7f;
          assertThat(written.charAt(i)).isEqualTo(control ? ' ' : c);
        }
      }
      assertThat(headers.contains("X-Evil")).isFalse();
    }
  }

  /** An octet of a field is a character. */
  private static String asUtf8(@Nullable String octets) {
    return new String(Objects.requireNonNull(octets).getBytes(ISO_8859_1), UTF_8);
  }
}
