package io.portico.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelUrlTest {

  @Test
  void namesTheModelItWasMadeFor() {
    assertThat(ModelUrl.nameIn(ModelUrl.of("abc123", "Pet"))).isEqualTo("Pet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://apigateway.amazonaws.com/restapis/abc123/models/",
        "https://apigateway.amazonaws.com/restapis//models/Pet",
        "https://apigateway.amazonaws.com/restapis/abc123/stages/Pet",
        "https://apigateway.amazonaws.com/restapis/abc123/x/models/Pet",
        "https://apigateway.amazonaws.com/restapis/abc123/models/Pet/x",
        "https://apigateway.amazonaws.com/restapis/abc123/models/Pet#/definitions/x",
        "https://apigateway.amazonaws.com/restapis/abc123",
        "https://example.com/restapis/abc123/models/Pet",
        "#/definitions/Pet"
      })
  void namesNoModelInAnyOtherUrl(String url) {
    assertThat(ModelUrl.nameIn(url)).isNull();
  }
}
