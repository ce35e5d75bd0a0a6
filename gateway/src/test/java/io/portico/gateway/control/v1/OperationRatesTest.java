package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.node.ObjectNode;

/** Every rate of the table, by an operation that it bounds. */
class OperationRatesTest {
  private static final String OF_V2 = " of v2";

  private long nanos;

  private TestControlPlane with(Map<Quota, QuotaSetting> others) {
    return new TestControlPlane(
        Quotas.of(QuotaModes.STANDARD, others, TestControlPlane.CLOCK), () -> nanos);
  }

  private static String refusal(TestControlPlane control, Quota rate) {
    ServiceException refusal =
        catchThrowableOfType(
            ServiceException.class,
            () -> {
              if (rate.words().endsWith(OF_V2)) {
                control.callV2(operation(rate), input(rate));
              } else {
                control.call(operation(rate), input(rate));
              }
            });
    return refusal == null ? "" : refusal.code();
  }

  private static String operation(Quota rate) {
    return switch (rate) {
      case CREATE_API_RATE, CREATE_EDGE_API_RATE -> "CreateRestApi";
      case IMPORT_API_RATE, IMPORT_EDGE_API_RATE -> "ImportRestApi";
      case TOTAL_RATE -> "GetAccount";
      default -> rate.words().replace(OF_V2, "");
    };
  }

  /** What is missing is refused otherwise, and after the rate was looked at. */
  private static ObjectNode input(Quota rate) {
    ObjectNode input = Json.object();
    for (String id :
        new String[] {
          "restApiId", "resourceId", "parentId", "usagePlanId", "domainName", "apiKey", "VpcLinkId"
        }) {
      input.put(id, "none");
    }
    input.put("name", "a").put("pathPart", "a").put("documentationVersion", "a");
    input.put("body", "{}".getBytes(StandardCharsets.UTF_8));
    if (rate == Quota.CREATE_API_RATE) {
      input.putObject("endpointConfiguration").putArray("types").add("PRIVATE");
    }
    if (rate == Quota.IMPORT_API_RATE) {
      input.putObject("parameters").put("endpointConfigurationTypes", "REGIONAL");
    }
    return input;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = ".*_RATE")
  void oneRequestTooManyIsRefusedUntilItsTimeComes(Quota rate) {
    TestControlPlane control =
        with(Map.of(rate, new QuotaSetting(rate.standard(), QuotaMode.ENFORCE)));
    long burst = rate == Quota.TOTAL_RATE ? 40 : rate.standard();

    for (int i = 0; i < burst; i++) {
      assertThat(refusal(control, rate)).isNotEqualTo("TooManyRequestsException");
    }
    assertThat(refusal(control, rate)).isEqualTo("TooManyRequestsException");
    nanos += Duration.ofSeconds(30).toNanos();
    assertThat(refusal(control, rate)).isNotEqualTo("TooManyRequestsException");
  }

  @Test
  void edgeOptimizedApisAndOthersAreCountedApart() {
    QuotaSetting one = new QuotaSetting(1, QuotaMode.ENFORCE);
    TestControlPlane control =
        with(Map.of(Quota.CREATE_API_RATE, one, Quota.CREATE_EDGE_API_RATE, one));

    assertThat(refusal(control, Quota.CREATE_API_RATE)).isEmpty();
    assertThat(refusal(control, Quota.CREATE_EDGE_API_RATE)).isEmpty();
    assertThat(refusal(control, Quota.CREATE_EDGE_API_RATE)).isEqualTo("TooManyRequestsException");
  }

  @Test
  void bothApisCountTogether() {
    TestControlPlane control =
        with(Map.of(Quota.CREATE_DOMAIN_NAME_RATE, new QuotaSetting(1, QuotaMode.ENFORCE)));
    ObjectNode domain = Json.object().put("domainName", "a.example.com");

    ServiceException ofV1 =
        catchThrowableOfType(
            ServiceException.class, () -> control.call("CreateDomainName", domain));
    ServiceException ofV2 =
        catchThrowableOfType(
            ServiceException.class, () -> control.callV2("CreateDomainName", domain));

    assertThat(ofV1.code()).isEqualTo("BadRequestException");
    assertThat(ofV2.code()).isEqualTo("TooManyRequestsException");
  }

  @Test
  void ratesAreOffByDefault() {
    TestControlPlane control = with(Map.of());

    for (int i = 0; i < 100; i++) {
      assertThat(refusal(control, Quota.CREATE_EDGE_API_RATE)).isEmpty();
    }
  }
}
