package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed tables are whole. */
final class OperationTablesTest {

  @ParameterizedTest
  @CsvSource({
    "API_GATEWAY, 124, 2015-07-09",
    "API_GATEWAY_V2, 103, 2018-11-29",
    "API_GATEWAY_MANAGEMENT, 3, 2018-11-29",
    "LAMBDA, 85, 2015-03-31",
    "IAM, 176, 2010-05-08",
    "STS, 11, 2011-06-15",
    "LOGS, 118, 2014-03-28",
    "ACM, 39, 2015-12-08",
    "CLOUDWATCH, 50, 2010-08-01"
  })
  void aTableHasEveryOperationOfItsApi(AwsApi api, int operations, String version) {
    ServiceModel model = ServiceModel.of(api);

    assertThat(model.operationNames()).hasSize(operations);
    assertThat(model.apiVersion()).isEqualTo(version);
    assertThat(model.source()).isEqualTo("botocore 1.43.67");
  }

  @ParameterizedTest
  @EnumSource
  void everyShapeThatATableNamesIsThere(AwsApi api) {
    ServiceModel model = ServiceModel.of(api);

    for (Operation operation : model.operations()) {
      checkMembers(model, operation.input(), new HashSet<>());
      checkMembers(model, operation.output(), new HashSet<>());
      assertThat(operation.errors()).allSatisfy(e -> assertThat(model.error(e)).isNotNull());
    }
  }

  /** A shape may hold itself (LogFieldType of CloudWatch Logs), so each is looked at once. */
  private static void checkMembers(ServiceModel model, Shape shape, Set<String> seen) {
    if (!seen.add(shape.name())) {
      return;
    }
    switch (shape) {
      case Shape.Structure structure -> {
        assertThat(structure.members()).extracting(Member::key).doesNotHaveDuplicates();
        for (Member member : structure.members()) {
          checkMembers(model, model.shape(member.shape()), seen);
        }
      }
      case Shape.ListOf list -> checkMembers(model, model.shape(list.element()), seen);
      case Shape.MapOf map -> checkMembers(model, model.shape(map.value()), seen);
      case Shape.Text text -> {
        if (text.pattern() != null) {
          assertThat(Pattern.compile(text.pattern().source())).isNotNull();
        }
      }
      default -> {}
    }
  }

  @Test
  void anErrorHasItsTextWhereItsShapeSays() {
    ServiceModel lambda = ServiceModel.of(AwsApi.LAMBDA);

    assertThat(lambda.error("EC2UnexpectedException"))
        .isEqualTo(new ServiceModel.ErrorShape(502, "Message", null));
    assertThat(lambda.error("ResourceConflictException"))
        .isEqualTo(new ServiceModel.ErrorShape(409, "message", null));
    assertThat(lambda.error("NoSuchException")).isNull();
  }

  @Test
  void anErrorHasTheCodeOfTheQueryProtocol() {
    ServiceModel cloudWatch = ServiceModel.of(AwsApi.CLOUDWATCH);

    assertThat(cloudWatch.queryCode("InvalidParameterValueException"))
        .isEqualTo("InvalidParameterValue");
    assertThat(cloudWatch.queryCode("ResourceNotFound")).isEqualTo("ResourceNotFound");
    assertThat(cloudWatch.queryCode("ValidationException")).isEqualTo("ValidationError");
  }

  @Test
  void everyLabelOfAPathIsAMemberOfTheInput() {
    for (AwsApi api : AwsApi.values()) {
      for (Operation operation : ServiceModel.of(api).operations()) {
        if (operation.input().equals(Shape.Structure.NONE) && !operation.hasOutput()) {
          // In the table for its route alone, by which it is refused.
          continue;
        }
        assertThat(operation.path().stream().filter(segment -> segment.startsWith("{")).toList())
            .as(operation.name())
            .containsExactlyInAnyOrderElementsOf(
                operation.input().members().stream()
                    .filter(member -> member.location() == Member.Location.URI)
                    .map(member -> "{" + member.wireName() + "}")
                    .toList());
      }
    }
  }

  @Test
  void aMemberOfTheBodyThatCollidesWithABoundOneKeepsItsMemberName() {
    Operation putIntegration =
        Objects.requireNonNull(ServiceModel.of(AwsApi.API_GATEWAY).operation("PutIntegration"));

    assertThat(putIntegration.input().members())
        .filteredOn(member -> member.wireName().endsWith("httpMethod"))
        .extracting(Member::key)
        .containsExactly("integrationHttpMethod");
    assertThat(putIntegration.input().members())
        .filteredOn(member -> member.wireName().equals("http_method"))
        .extracting(Member::key)
        .containsExactly("httpMethod");
  }

  @Test
  void aMemberOfTheBodyGoesByItsWireName() {
    Operation createApi =
        Objects.requireNonNull(ServiceModel.of(AwsApi.API_GATEWAY_V2).operation("CreateApi"));

    assertThat(createApi.input().members())
        .filteredOn(member -> member.name().equals("ProtocolType"))
        .extracting(Member::key)
        .containsExactly("protocolType");
  }
}
