package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.json.Json;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryParametersTest {
  private static final JsonProtocol PROTOCOL =
      new JsonProtocol("1.1", "Prefix", Set.of("Truth"), Set.of("Number"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Name=a | {\"Name\":\"a\"}",
        "Name=a&Name=b | {\"Name\":\"b\"}",
        "Truth=true&Number=10 | {\"Truth\":true,\"Number\":10}",
        "Truth=maybe&Number=ten | {\"Truth\":\"maybe\",\"Number\":\"ten\"}",
        "Names.member.1=a&Names.member.2=b | {\"Names\":[\"a\",\"b\"]}",
        "Names.member.2=b&Names.member.1=a | {\"Names\":[\"a\",\"b\"]}",
        "Names.member.2=b | {\"Names\":[null,\"b\"]}",
        "Filter.Key=k&Filter.Option=o | {\"Filter\":{\"Key\":\"k\",\"Option\":\"o\"}}",
        "Tags.member.1.Key=k&Tags.member.1.Value=v | {\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}",
        "Lists.member.1.member.1=a | {\"Lists\":[[\"a\"]]}"
      })
  void areTheDocumentTheyStandFor(String query, String document) {
    assertThat(Json.text(QueryParameters.document(new QueryString(query).asMap(), PROTOCOL)))
        .isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A=1&A.B=2",
        "A.B=2&A=1",
        "A.member.1=1&A.B=2",
        "A.B=2&A.member.1=1",
        "A.member.0=1",
        "A.member.1001=1",
        "A.member.99999999999=1",
        "A.member=1",
        "A.member.1000=1&B.member.3=1",
        "A.member.1.member.900=1&A.member.2.member.900=1",
        "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1"
      })
  void whatContradictsItselfIsRefused(String query) {
    assertThatThrownBy(() -> QueryParameters.document(new QueryString(query).asMap(), PROTOCOL))
        .isInstanceOf(GatewayFault.class);
  }

  @Test
  void namesThatMakeMoreThanARequestHasAreRefused() {
    String query =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "N" + i + ".a.a.a.a.a.a.a=x")
            .collect(Collectors.joining("&"));

    assertThatThrownBy(() -> QueryParameters.document(new QueryString(query).asMap(), PROTOCOL))
        .isInstanceOf(GatewayFault.class);
  }
}
