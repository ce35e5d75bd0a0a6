package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.UsageDayRecord;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What was used, as it is shown. Today is the second of January 2026, a Friday. */
final class UsagesTest {
  private static final String SCOPE = TestControlPlane.CALLER.scope();

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void whatIsLeftGoesDownFromDayToDayUntilThePeriodEnds() {
    String plan = plan("{limit: 100, period: WEEK, offset: 4}");
    String key = key(plan);
    used(plan, key, "2025-12-30", 7, 93L);
    used(plan, key, "2026-01-01", 5, 95L);
    used(plan, key, "2026-01-02", 1, 90L);

    assertThat(Json.text(usage(plan, "2025-12-29", "2026-01-02").at("/values/" + key)))
        .isEqualTo("[[0,100],[7,93],[0,93],[5,95],[1,94]]");
  }

  @Test
  void pastDaysShowWhatWasLeftThenAndTodayWhatIsLeftNow() {
    String plan = plan("{limit: 100, period: MONTH}");
    String key = key(plan);
    used(plan, key, "2026-01-01", 5, 45L);
    used(plan, key, "2026-01-02", 5, 40L);

    assertThat(Json.text(usage(plan, "2026-01-01", "2026-01-02").at("/values/" + key)))
        .isEqualTo("[[5,45],[5,90]]");
  }

  @Test
  void aLimitThatIsLowerThanWhatWasUsedLeavesNothing() {
    String plan = plan("{limit: 3, period: DAY}");
    String key = key(plan);
    used(plan, key, "2026-01-02", 5, 40L);

    assertThat(Json.text(usage(plan, "2026-01-02", "2026-01-02").at("/values/" + key)))
        .isEqualTo("[[5,0]]");
  }

  @Test
  void usageIsShownByPagesOfKeys() {
    String plan = plan("{limit: 3, period: DAY}");
    String first = key(plan);
    String second = key(plan);

    ObjectNode page =
        plane.call(
            "GetUsage",
            yaml(
                "{usagePlanId: %s, startDate: '2026-01-02', endDate: '2026-01-02', limit: 1}"
                    .formatted(plan)));
    ObjectNode next =
        plane.call(
            "GetUsage",
            yaml("{usagePlanId: %s, startDate: '2026-01-02', endDate: '2026-01-02', limit: 1}"
                    .formatted(plan))
                .put("position", page.path("position").asString()));

    assertThat(page.path("values").propertyNames()).containsExactly(first);
    assertThat(next.path("values").propertyNames()).containsExactly(second);
    assertThat(next.has("position")).isFalse();
  }

  @Test
  void usageStaysWithAKeyThatLeavesThePlanAndComesBack() {
    String plan = plan("{limit: 10, period: MONTH}");
    String key = key(plan);
    used(plan, key, "2026-01-02", 4, 6L);

    plane.call("DeleteUsagePlanKey", yaml("{usagePlanId: %s, keyId: %s}".formatted(plan, key)));
    ObjectNode without = usage(plan, "2026-01-02", "2026-01-02");
    addKey(plan, key);

    assertThat(without.path("values")).isEmpty();
    assertThat(Json.text(usage(plan, "2026-01-02", "2026-01-02").at("/values/" + key)))
        .isEqualTo("[[4,6]]");
  }

  @Test
  void usageGoesWithThePlanAndIsNotWrittenAfterIt() {
    String plan = plan("{limit: 10, period: MONTH}");
    String key = key(plan);
    used(plan, key, "2025-12-31", 4, 6L);
    used(plan, key, "2026-01-02", 4, 6L);
    assertThat(plane.usage.count(SCOPE, plan, "2025-12")).isEqualTo(1);

    plane.call("DeleteUsagePlan", yaml("{usagePlanId: %s}".formatted(plan)));
    used(plan, key, "2026-01-02", 5, 5L);

    assertThat(plane.usage.count(SCOPE, plan, "2025-12")).isZero();
    assertThat(plane.usage.count(SCOPE, plan, "2026-01")).isZero();
  }

  private ObjectNode usage(String plan, String start, String end) {
    return plane.call(
        "GetUsage",
        yaml("{usagePlanId: %s, startDate: '%s', endDate: '%s'}".formatted(plan, start, end)));
  }

  private String plan(String quota) {
    return plane
        .call("CreateUsagePlan", yaml("{name: gold, quota: %s}".formatted(quota)))
        .path("id")
        .asString();
  }

  private String key(String plan) {
    String key = plane.call("CreateApiKey", yaml("{name: mobile}")).path("id").asString();
    addKey(plan, key);
    return key;
  }

  private void addKey(String plan, String key) {
    plane.call(
        "CreateUsagePlanKey",
        yaml("{usagePlanId: %s, keyId: %s, keyType: API_KEY}".formatted(plan, key)));
  }

  private void used(String plan, String key, String day, long used, @Nullable Long remaining) {
    plane.usage.write(
        SCOPE,
        plan,
        new UsageDayRecord(key, LocalDate.parse(day).toEpochDay(), used, 0, remaining));
  }

  private static ObjectNode yaml(String text) {
    return (ObjectNode) Yaml.parse(text);
  }
}
