package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** IAM's and STS's wire. */
final class QueryProtocolTest {
  private static final ServiceModel IAM = ServiceModel.of(AwsApi.IAM);
  private static final String VERSION = "&Version=2010-05-08";

  private final RecordedCalls calls = new RecordedCalls();

  private HttpResponse send(String form) {
    return new AwsApiHandler(
            IAM,
            calls.of(IAM),
            new CallerResolver("111122223333", "us-east-1", new ControlHosts(List.of())))
        .handle(
            Requests.request(
                "POST",
                "/",
                Body.of(form),
                Headers.of("Content-Type", "application/x-www-form-urlencoded")));
  }

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(100_000), StandardCharsets.UTF_8);
  }

  /** The answer's text, with the request's own id taken out. */
  private static String stable(HttpResponse response) throws IOException {
    String id = String.valueOf(response.headers().first("x-amzn-RequestId"));
    return body(response).replace(id, "ID");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }

  @Test
  void aFormBecomesTheInput() {
    HttpResponse response =
        send(
            "Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=%7B%7D+x&MaxSessionDuration=7200"
                + "&Tags.member.2.Key=b&Tags.member.2.Value=&Tags.member.10.Key=c"
                + "&Tags.member.10.Value=3&Tags.member.1.Key=a&Tags.member.1.Value=1"
                + "&Unknown=1"
                + VERSION);

    assertThat(response.status()).isEqualTo(200);
    assertThat(calls.only().operation()).isEqualTo("CreateRole");
    assertThat(calls.only().input().json())
        .isEqualTo(
            json(
                """
                {"RoleName": "r", "AssumeRolePolicyDocument": "{} x", "MaxSessionDuration": 7200,
                 "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""},
                          {"Key": "c", "Value": "3"}]}
                """));
  }

  @Test
  void theQueryOfAGetIsAForm() {
    HttpResponse response =
        new AwsApiHandler(
                IAM,
                calls.of(IAM),
                new CallerResolver("111122223333", "us-east-1", new ControlHosts(List.of())))
            .handle(Requests.request("GET", "/?Action=ListRoles&MaxItems=5" + VERSION, ""));

    assertThat(response.status()).isEqualTo(200);
    assertThat(calls.only().input().integerOrNull("MaxItems")).isEqualTo(5);
  }

  @Test
  void aListWithoutElementsIsItsNameAlone() {
    send("Action=CreateRole&RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags=" + VERSION);

    assertThat(calls.only().input().json().get("Tags")).isEqualTo(Json.array());
  }

  @Test
  void aMapIsEntries() throws IOException {
    ServiceModel model =
        new OperationTable(
                "test",
                new BufferedReader(
                    new StringReader(
                        """
                        service iam
                        api-version 1
                        source test
                        operation Put POST / 200
                          input PutRequest
                        structure PutRequest
                          Counts Counts
                        map Counts Text Count
                        integer Count
                        string Text
                        """)))
            .read();
    TreeMap<String, String> form = new TreeMap<>();
    form.put("Counts.entry.1.key", "a");
    form.put("Counts.entry.1.value", "1");
    form.put("Counts.entry.2.key", "b");
    form.put("Counts.entry.2.value", "2");

    ObjectNode input =
        new QueryBinder(model).bind(Objects.requireNonNull(model.operation("Put")), form);

    assertThat(input).isEqualTo(json("{\"Counts\": {\"a\": 1, \"b\": 2}}"));
  }

  @Test
  void theResultStandsBetweenItsNameAndTheRequestsId() throws IOException {
    calls.answering(
        json(
            """
            {"Role": {"RoleName": "r", "RoleId": "AROA", "Path": "/", "Arn": "a<b>&\\u0001",
                      "CreateDate": 1767323045,
                      "Tags": [{"Key": "k", "Value": "v"}], "RoleLastUsed": {}}}
            """));

    HttpResponse response = send("Action=GetRole&RoleName=r" + VERSION);

    assertThat(response.headers().first("Content-Type")).isEqualTo("text/xml");
    assertThat(stable(response))
        .isEqualTo(
            """
            <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
              <GetRoleResult>
                <Role>
                  <Path>/</Path>
                  <RoleName>r</RoleName>
                  <RoleId>AROA</RoleId>
                  <Arn>a&lt;b&gt;&amp;\ufffd</Arn>
                  <CreateDate>2026-01-02T03:04:05Z</CreateDate>
                  <Tags>
                    <member>
                      <Key>k</Key>
                      <Value>v</Value>
                    </member>
                  </Tags>
                  <RoleLastUsed/>
                </Role>
              </GetRoleResult>
              <ResponseMetadata>
                <RequestId>ID</RequestId>
              </ResponseMetadata>
            </GetRoleResponse>
            """);
  }

  @Test
  void aMapAndABooleanAreWrittenAsTheModelSays() throws IOException {
    calls.answering(json("{\"SummaryMap\": {\"Users\": 3, \"Roles\": 7}}"));

    HttpResponse response = send("Action=GetAccountSummary" + VERSION);

    assertThat(body(response).replaceAll("\\s", ""))
        .contains(
            "<SummaryMap><entry><key>Users</key><value>3</value></entry>"
                + "<entry><key>Roles</key><value>7</value></entry></SummaryMap>");
  }

  @Test
  void anOperationWithoutOutputHasNoResultAndOneWithAnEmptyOneHas() throws IOException {
    HttpResponse without = send("Action=DeleteRole&RoleName=r" + VERSION);
    HttpResponse empty = send("Action=UpdateRole&RoleName=r" + VERSION);

    assertThat(body(without)).contains("<DeleteRoleResponse ").doesNotContain("DeleteRoleResult");
    assertThat(body(empty)).contains("<UpdateRoleResult/>");
  }

  @Test
  void anAnswerThatTheShapeDoesNotAllowIsABug() throws IOException {
    calls.answering(json("{\"Rolle\": {}}"));

    HttpResponse response = send("Action=GetRole&RoleName=r" + VERSION);

    assertThat(response.status()).isEqualTo(500);
    assertThat(body(response))
        .contains("<Type>Receiver</Type>", "<Code>InternalFailure</Code>")
        .doesNotContain("Rolle");
  }

  @Test
  void aViolationIsSaidInTheServicesWords() throws IOException {
    HttpResponse response =
        send("Action=CreateRole&RoleName=a%2Fb&AssumeRolePolicyDocument=%7B%7D" + VERSION);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers().contains("x-amzn-ErrorType")).isFalse();
    assertThat(stable(response))
        .isEqualTo(
            """
            <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
              <Error>
                <Type>Sender</Type>
                <Code>ValidationError</Code>
                <Message>1 validation error detected: Value 'a/b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+</Message>
              </Error>
              <RequestId>ID</RequestId>
            </ErrorResponse>
            """);
    assertThat(calls.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RoleName=r | MissingAction | missing an action",
        "Action=NoSuchThing&Version=2010-05-08 | InvalidAction | Could not find operation NoSuchThing for version 2010-05-08",
        "Action=GetRole&RoleName=r | InvalidAction | Could not find operation GetRole for version NO_VERSION_SPECIFIED",
        "Action=GetRole&Version=2011-06-15 | InvalidAction | Could not find operation GetRole for version 2011-06-15",
        "Action=ListRoles&MaxItems=ten&Version=2010-05-08 | MalformedInput | 'ten' can not be converted to an Integer",
        "Action=TagRole&RoleName=r&Tags.member.x.Key=k&Version=2010-05-08 | MalformedInput | Tags.member.x.Key has no number",
        "Action=GetRole&RoleName=%zz&Version=2010-05-08 | MalformedInput | not well encoded",
        "Action=GetRole&Version=2010-05-08 | ValidationError | Value null at 'roleName'",
        "Action=TagRole&RoleName=r&Tags.member.1.Key=k&Version=2010-05-08 | ValidationError | Value null at 'tags.1.member.value'"
      })
  void aRequestThatMeansNothingIsRefused(String form, String code, String text) throws IOException {
    HttpResponse response = send(form);

    assertThat(response.status()).isEqualTo(400);
    assertThat(body(response)).contains("<Code>" + code + "</Code>").contains(text);
    assertThat(calls.calls).isEmpty();
  }

  @Test
  void aSignatureThatCannotBeReadIsRefused() throws IOException {
    HttpResponse response =
        new AwsApiHandler(
                IAM,
                calls.of(IAM),
                new CallerResolver("111122223333", "us-east-1", new ControlHosts(List.of())))
            .handle(
                Requests.request(
                    "POST",
                    "/",
                    "Action=ListRoles" + VERSION,
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=x"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(body(response)).contains("<Code>IncompleteSignature</Code>");
  }
}
