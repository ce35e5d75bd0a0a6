package io.portico.lambda.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class ResourcePolicyTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
  private static final String API = "arn:aws:execute-api:us-east-1:000000000000:";
  private static final String SOURCE = API + "abc/prod/GET/pets";

  /** A statement for API Gateway with other members than it would have. */
  private static ObjectNode statement(String others) {
    ObjectNode statement =
        (ObjectNode)
            Json.parse(
                """
                {"Sid": "s", "Effect": "Allow",
                 "Principal": {"Service": "apigateway.amazonaws.com"},
                 "Action": "lambda:InvokeFunction", "Resource": "%s"}
                """
                    .formatted(FUNCTION));
    ((ObjectNode) Json.parse(others))
        .properties()
        .forEach(member -> statement.set(member.getKey(), member.getValue()));
    return statement;
  }

  private static boolean allows(ObjectNode... statements) {
    return ResourcePolicy.of(List.of(statements))
        .allowsApiGateway(FUNCTION, SOURCE, "000000000000");
  }

  @Test
  void aServiceMayWhatAStatementGrants() {
    assertThat(allows(statement("{}"))).isTrue();
    assertThat(allows(statement("{\"Principal\": \"*\"}"))).isTrue();
    assertThat(allows(statement("{\"Action\": \"lambda:*\"}"))).isTrue();
    assertThat(allows()).isFalse();
    assertThat(ResourcePolicy.NONE.allowsApiGateway(FUNCTION, SOURCE, "000000000000")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"ArnLike\": {\"AWS:SourceArn\": \"" + API + "abc/*/GET/*\"}} | true",
        "{\"ArnLike\": {\"AWS:SourceArn\": \"" + API + "abd/*\"}} | false",
        "{\"StringEquals\": {\"AWS:SourceAccount\": \"000000000000\"}} | true",
        "{\"StringEquals\": {\"aws:sourceaccount\": \"000000000000\"}} | true",
        "{\"StringEquals\": {\"AWS:SourceAccount\": \"111111111111\"}} | false",
        "{\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-abcdefghij\"}} | false",
        "{\"StringEquals\": {\"lambda:EventSourceToken\": \"t\"}} | false",
        "{\"Bool\": {\"lambda:InvokedViaFunctionUrl\": \"true\"}} | false",
        "{\"StringLike\": {\"AWS:SourceAccount\": \"00*\"}} | true",
        "{\"NumericEquals\": {\"AWS:SourceAccount\": \"0\"}} | false",
        "{\"StringEquals\": {\"AWS:SourceAccount\": \"${aws:SourceAccount}\"}} | false",
        "{\"StringEquals\": {\"AWS:SourceAccount\": [\"000000000000\"]}} | true",
        "{\"StringEquals\": {\"AWS:SourceAccount\": []}} | false",
        "\"none\" | false",
        "null | false"
      })
  void aConditionMustHold(String condition, boolean allowed) {
    assertThat(allows(statement("{\"Condition\": " + condition + "}"))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Principal\": {\"Service\": \"sns.amazonaws.com\"}}",
        "{\"Principal\": {\"AWS\": \"*\"}}",
        "{\"Principal\": {\"Service\": \"apigateway.amazonaws.com\", \"Federated\": \"*\"}}",
        "{\"Principal\": {\"Service\": [1]}}",
        "{\"Action\": \"lambda:GetFunction\"}",
        "{\"Action\": [\"lambda:GetFunction\"]}",
        "{\"Resource\": \"arn:aws:lambda:us-east-1:000000000000:function:f:live\"}",
        "{\"NotAction\": \"lambda:GetFunction\"}"
      })
  void whatIsOfAnotherOrIsNotUnderstoodGrantsNothing(String others) {
    assertThat(allows(statement(others))).isFalse();
  }

  @Test
  void oneStatementThatGrantsIsEnough() {
    assertThat(allows(statement("{\"Action\": \"lambda:GetFunction\"}"), statement("{}"))).isTrue();
  }

  @Test
  void besideAStatementThatMayDenyNothingIsGranted() {
    List<ObjectNode> statements = new ArrayList<>();
    statements.add(statement("{}"));
    statements.add(statement("{\"Effect\": \"Deny\"}"));

    assertThat(ResourcePolicy.of(statements).allowsApiGateway(FUNCTION, SOURCE, "000000000000"))
        .isFalse();
  }

  @Test
  void anUnknownCallerMayWhatEverybodyMay() {
    ResourcePolicy policy =
        ResourcePolicy.of(
            List.of(
                statement(
                    "{\"Principal\": \"*\", \"Action\": \"lambda:InvokeFunctionUrl\","
                        + " \"Condition\": {\"StringEquals\":"
                        + " {\"lambda:FunctionUrlAuthType\": \"NONE\"}}}")));

    assertThat(
            policy.allows(
                new ResourcePolicy.Request(
                    null,
                    "lambda:InvokeFunctionUrl",
                    FUNCTION,
                    Map.of("lambda:functionurlauthtype", "NONE"))))
        .isTrue();
    assertThat(
            policy.allows(
                new ResourcePolicy.Request(null, "lambda:InvokeFunctionUrl", FUNCTION, Map.of())))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}} | true",
        "{\"Principal\": {\"AWS\": \"111122223333\"}} | true",
        "{\"Principal\": \"*\"} | true",
        "{\"Principal\": {\"AWS\": \"arn:aws:iam::444455556666:root\"}} | false",
        "{\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:user/ann\"}} | false",
        "{\"Principal\": {\"Service\": \"apigateway.amazonaws.com\"}} | false",
        "{\"Principal\": \"*\", \"Action\": \"lambda:GetFunction\"} | false",
        "{\"Principal\": \"*\","
            + " \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-a\"}}} | false",
        "{\"Principal\": \"*\","
            + " \"Condition\": {\"Bool\": {\"lambda:InvokedViaFunctionUrl\": \"true\"}}} | false"
      })
  void anotherAccountMayWhatAStatementGrantsIt(String others, boolean allowed) {
    ResourcePolicy policy = ResourcePolicy.of(List.of(statement(others)));

    assertThat(policy.allowsAccount(FUNCTION, "111122223333")).isEqualTo(allowed);
  }

  private static ObjectNode open(String action, String condition) {
    return statement(
        "{\"Principal\": \"*\", \"Action\": \"%s\", \"Condition\": %s}"
            .formatted(action, condition));
  }

  /** AWS: both of them since October 2025. */
  @Test
  void anOpenUrlTakesAStatementForTheUrlAndOneForTheFunction() {
    ObjectNode url =
        open(
            "lambda:InvokeFunctionUrl",
            "{\"StringEquals\": {\"lambda:FunctionUrlAuthType\": \"NONE\"}}");
    ObjectNode signed =
        open(
            "lambda:InvokeFunctionUrl",
            "{\"StringEquals\": {\"lambda:FunctionUrlAuthType\": \"AWS_IAM\"}}");
    ObjectNode function =
        open("lambda:InvokeFunction", "{\"Bool\": {\"lambda:InvokedViaFunctionUrl\": \"true\"}}");
    ObjectNode direct =
        open("lambda:InvokeFunction", "{\"Bool\": {\"lambda:InvokedViaFunctionUrl\": \"false\"}}");
    ObjectNode service = statement("{\"Action\": \"lambda:*\"}");
    ObjectNode account =
        statement(
            "{\"Principal\": {\"AWS\": \"arn:aws:iam::000000000000:root\"}, \"Action\": \"lambda:*\"}");

    assertThat(ResourcePolicy.of(List.of(url, function)).allowsOpenUrl(FUNCTION)).isTrue();
    for (List<ObjectNode> tooFew :
        List.of(
            List.of(url),
            List.of(function),
            List.of(signed, function),
            List.of(url, direct),
            List.of(service),
            List.of(account))) {
      assertThat(ResourcePolicy.of(tooFew).allowsOpenUrl(FUNCTION)).as("" + tooFew).isFalse();
    }
    assertThat(ResourcePolicy.of(List.of(url, function)).allowsOpenUrl(FUNCTION + ":live"))
        .isFalse();
  }
}
