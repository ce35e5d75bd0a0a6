package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.OWNER;
import static io.portico.gateway.execute.authorizer.SignedPlane.POOL_ARN;
import static io.portico.gateway.execute.authorizer.SignedPlane.ROOT;
import static io.portico.gateway.execute.authorizer.SignedPlane.STRANGERS;
import static io.portico.gateway.execute.authorizer.SignedPlane.bearing;
import static io.portico.gateway.execute.authorizer.SignedPlane.identity;
import static io.portico.gateway.execute.authorizer.SignedPlane.may;
import static io.portico.gateway.execute.authorizer.SignedPlane.policy;
import static io.portico.gateway.execute.authorizer.SignedPlane.request;
import static io.portico.gateway.execute.authorizer.SignedPlane.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.authorizer.SignedPlane.Answer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resource policy of an API, alone and with what a method asks for beside it. */
final class ResourcePoliciesTest {
  private static final List<String> PATHS =
      List.of("/", "/pets", "/pets/{id}", "/files/{proxy+}", "/admin");

  private static SignedPlane plane(String policy, String authorizationType) {
    return plane(policy, "", authorizationType);
  }

  /** An API that was deployed with a policy, and has another one now. */
  private static SignedPlane plane(String policy, String now, String authorizationType) {
    CaseApi api = new CaseApi();
    for (String path : PATHS) {
      api.method(
          "ANY", path, "{authorizationType: %s, authorizerId: guard}".formatted(authorizationType));
    }
    api.authorizers(
        authorizationType.equals("COGNITO_USER_POOLS")
            ? "{guard: {type: COGNITO_USER_POOLS, providerARNs: ['%s']}}".formatted(POOL_ARN)
            : "{guard: {authorizerResultTtlInSeconds: 300}}");
    api.api(Json.text(Json.object().put("policy", policy)));
    if (!now.isEmpty()) {
      api.apiSinceDeployment(Json.text(Json.object().put("policy", now)));
    }
    return new SignedPlane(api);
  }

  private static String statement(String effect, String principal, String rest) {
    return "\"Effect\": \"%s\", \"Principal\": %s, \"Action\": \"execute-api:Invoke\", %s"
        .formatted(effect, principal, rest);
  }

  private static String everybody(String effect) {
    return policy(statement(effect, "\"*\"", "\"Resource\": \"execute-api:/*\""));
  }

  /** What a cell of AWS's tables stands for. */
  private static String ofResource(String cell) {
    return switch (cell) {
      case "Allow", "Deny" -> everybody(cell);
      default -> policy(statement("Allow", "\"*\"", "\"Resource\": \"execute-api:/another/*\""));
    };
  }

  private static Credentials caller(SignedPlane plane, String account, String cell) {
    return cell.equals("Neither")
        ? plane.user(account, "ann")
        : plane.user(account, "ann", may(cell, "*"));
  }

  private static Answer unsigned(SignedPlane plane, String method, String path) {
    return plane.answer(request(method, path, Headers.empty(), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Allow, 200, ''",
    "Neither, 403, ''",
    "Deny, 403, ' with an explicit deny'",
  })
  void aloneThePolicyHasToAllow(String cell, int status, String why) {
    SignedPlane plane = plane(ofResource(cell), "NONE");

    Answer answer = unsigned(plane, "GET", "/");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
    if (status != 200) {
      assertThat(answer)
          .isEqualTo(
              new Answer(
                  403,
                  "AccessDeniedException",
                  "{\"Message\":\"User: anonymous is not authorized to perform: execute-api:Invoke"
                      + " on resource:"
                      + " arn:aws:execute-api:us-east-1:********0000:abc1234567/prod/GET/"
                      + why
                      + "\"}"));
    }
  }

  /** AWS's table A. */
  @ParameterizedTest
  @CsvSource({
    "Allow, Allow, ''",
    "Allow, Neither, ''",
    "Allow, Deny, with an explicit deny in a resource-based policy",
    "Neither, Allow, ''",
    "Neither, Neither, because no identity-based policy allows the execute-api:Invoke action",
    "Neither, Deny, with an explicit deny in a resource-based policy",
    "Deny, Allow, with an explicit deny in an identity-based policy",
    "Deny, Neither, with an explicit deny in an identity-based policy",
    "Deny, Deny, with an explicit deny in a resource-based policy",
  })
  void inAnAccountOneOfBothHasToAllow(String identity, String resource, String why) {
    holds(OWNER, identity, resource, why);
  }

  /** AWS's table B. */
  @ParameterizedTest
  @CsvSource({
    "Allow, Allow, ''",
    "Allow, Neither, because no resource-based policy allows the execute-api:Invoke action",
    "Allow, Deny, with an explicit deny in a resource-based policy",
    "Neither, Allow, because no identity-based policy allows the execute-api:Invoke action",
    "Neither, Neither, because no identity-based policy allows the execute-api:Invoke action",
    "Neither, Deny, with an explicit deny in a resource-based policy",
    "Deny, Allow, with an explicit deny in an identity-based policy",
    "Deny, Neither, with an explicit deny in an identity-based policy",
    "Deny, Deny, with an explicit deny in a resource-based policy",
  })
  void betweenAccountsBothHaveTo(String identity, String resource, String why) {
    holds(STRANGERS, identity, resource, why);
  }

  private static void holds(String account, String identity, String resource, String why) {
    SignedPlane plane = plane(ofResource(resource), "AWS_IAM");
    Credentials ann = caller(plane, account, identity);

    Answer answer = plane.answer(signed(ann, "GET", "/pets"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(why.isEmpty() ? 200 : 403);
    assertThat(plane.sent).hasSize(why.isEmpty() ? 1 : 0);
    assertThat(answer.body()).endsWith(why.isEmpty() ? "" : "/GET/pets " + why + "\"}");
  }

  /** AWS's table A, for a Lambda authorizer. */
  @ParameterizedTest
  @CsvSource({
    "Allow, Allow, 200, ''",
    "Allow, Neither, 200, ''",
    "Allow, Deny, 403, GET/pets with an explicit deny",
    "Neither, Allow, 200, ''",
    "Neither, Neither, 403, User is not authorized to access this resource",
    "Neither, Deny, 403, GET/pets with an explicit deny",
    "Deny, Allow, 403, User is not authorized to access this resource with an explicit deny",
    "Deny, Neither, 403, User is not authorized to access this resource with an explicit deny",
    "Deny, Deny, 403, GET/pets with an explicit deny",
  })
  void whatALambdaAuthorizerDoesNotDenyThePolicyMayAllow(
      String authorizer, String resource, int status, String text) {
    SignedPlane plane = plane(ofResource(resource), "CUSTOM");
    plane.ofAuthorizer =
        authorizer.equals("Neither") ? may("Allow", "arn:aws:x:::y") : may(authorizer, "*");

    for (int i = 1; i <= 2; i++) {
      Answer answer = plane.answer(request("GET", "/pets", Headers.of("Authorization", "x"), ""));

      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.body()).endsWith(text.isEmpty() ? "" : text + "\"}");
      assertThat(plane.sent).hasSize(status == 200 ? i : 0);
    }
    assertThat(plane.asked)
        .as("who is denied is not asked about")
        .hasSize(resource.equals("Deny") ? 0 : 1);
  }

  /** AWS: first who calls, then whether the policy allows it, which it has to. */
  @ParameterizedTest
  @CsvSource({
    "Allow, 200, ''",
    "Neither, 403, GET/pets",
    "Deny, 403, GET/pets with an explicit deny",
  })
  void whoBringsATokenOfAUserPoolNeedsThePolicysLeave(String resource, int status, String text) {
    SignedPlane plane = plane(ofResource(resource), "COGNITO_USER_POOLS");

    Answer known = plane.answer(bearing(identity(), "/pets", Headers.empty()));
    Answer unknown =
        plane.answer(bearing(identity().put("iss", "another"), "/pets", Headers.empty()));
    Answer nobody = unsigned(plane, "GET", "/pets");

    assertThat(known.status()).as(known.body()).isEqualTo(status);
    assertThat(known.body()).endsWith(text.isEmpty() ? "" : text + "\"}");
    assertThat(unknown.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(nobody.errorType()).isEqualTo("UnauthorizedException");
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void whoHasNotSignedIsRefusedFirst() {
    SignedPlane plane = plane(everybody("Allow"), "AWS_IAM");

    assertThat(unsigned(plane, "GET", "/pets").errorType())
        .isEqualTo("MissingAuthenticationTokenException");
    assertThat(plane.sent).isEmpty();
  }

  @Test
  void theRootIsBoundByThePolicyOfItsOwnApi() {
    assertThat(plane(ofResource("Neither"), "AWS_IAM").answer(signed(ROOT, "GET", "/")).status())
        .isEqualTo(200);
    assertThat(plane(everybody("Deny"), "AWS_IAM").answer(signed(ROOT, "GET", "/")).status())
        .isEqualTo(403);
  }

  @Test
  void onlyTheNamedUserOfAnotherAccountIsLetIn() {
    SignedPlane plane =
        plane(
            policy(
                statement(
                    "Allow",
                    "{\"AWS\": [\"arn:aws:iam::444455556666:user/ann\"]}",
                    "\"Resource\": \"execute-api:/prod/GET/pets\"")),
            "AWS_IAM");
    Credentials ann = plane.user(STRANGERS, "ann", may("Allow", "*"));
    Credentials ben = plane.user(STRANGERS, "ben", may("Allow", "*"));

    assertThat(plane.answer(signed(ann, "GET", "/pets")).status()).isEqualTo(200);
    assertThat(plane.answer(signed(ann, "POST", "/pets")).status()).isEqualTo(403);
    assertThat(plane.answer(signed(ben, "GET", "/pets")).status()).isEqualTo(403);
    assertThat(plane.answer(signed(plane.root(STRANGERS), "GET", "/pets")).status()).isEqualTo(403);
  }

  /** AWS: a policy that names someone lets nobody in where nobody signs. */
  @Test
  void whoeverIsNamedIsNobodyWhereNobodySigns() {
    SignedPlane plane =
        plane(
            policy(
                statement(
                    "Allow", "{\"AWS\": \"000000000000\"}", "\"Resource\": \"execute-api:/*\"")),
            "NONE");

    assertThat(plane.answer(signed(ROOT, "GET", "/pets")).status()).isEqualTo(403);
    assertThat(plane.sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Resource\": \"execute-api:/prod/GET/pets\" | GET | /pets | 200",
        "\"Resource\": \"execute-api:/prod/GET/pets\" | POST | /pets | 403",
        "\"Resource\": \"execute-api:/prod/GET/pets\" | HEAD | /pets | 403",
        "\"Resource\": \"execute-api:/prod/GET/pets\" | GET | /pets/1 | 403",
        "\"Resource\": \"execute-api:/prod/*\" | OPTIONS | /pets/1 | 200",
        "\"Resource\": \"execute-api:/test/*\" | GET | /pets | 403",
        "\"Resource\": [\"execute-api:/*/GET/admin\", \"execute-api:/*/GET/pets/?\"] | GET | /pets/1 | 200",
        "\"Resource\": [\"execute-api:/*/GET/admin\", \"execute-api:/*/GET/pets/?\"] | GET | /pets/12 | 403",
        "\"Resource\": \"arn:aws:execute-api:us-east-1:000000000000:abc1234567/*\" | GET | /pets | 200",
        "\"Resource\": \"arn:aws:execute-api:*:*:*\" | GET | /pets | 200",
        "\"Resource\": \"arn:aws:execute-api:us-east-1:000000000000:another/*\" | GET | /pets | 403",
        "\"Resource\": \"*\" | GET | /pets | 200",
        "\"NotResource\": \"execute-api:/prod/*/admin\" | GET | /pets | 200",
        "\"NotResource\": \"execute-api:/prod/*/admin\" | GET | /admin | 403",
      })
  void aResourceIsRelativeToTheApiOrAnArn(String resource, String method, String path, int status) {
    SignedPlane plane = plane(policy(statement("Allow", "\"*\"", resource)), "NONE");

    assertThat(unsigned(plane, method, path).status()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
  }

  /** The client's address is 192.0.2.7, and it comes by no VPC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'IpAddress': {'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24']}} | true",
        "{'IpAddress': {'aws:SourceIp': '198.51.100.0/24'}} | false",
        "{'NotIpAddress': {'aws:SourceIp': '198.51.100.0/24'}} | true",
        "{'IpAddress': {'aws:VpcSourceIp': '192.0.2.0/24'}} | false",
        "{'StringEquals': {'aws:SourceVpc': 'vpc-1'}} | false",
        "{'StringNotEquals': {'aws:SourceVpce': 'vpce-1'}} | true",
        "{'Null': {'aws:SourceVpce': 'true'}} | true",
        "{'StringLike': {'aws:UserAgent': 'curl/*'}} | true",
        "{'StringLike': {'aws:Referer': 'https://a.test/*'}} | false",
        "{'Bool': {'aws:SecureTransport': 'true'}} | false",
        "{'StringEquals': {'aws:PrincipalType': 'Anonymous'}} | true",
        "{'ArnLikeIfExists': {'aws:PrincipalArn': 'arn:aws:iam::*:user/x'}} | true",
        "{'StringEquals': {'aws:RequestedRegion': 'us-east-1'}, 'Bool': {'aws:SecureTransport': 'false'}} | true",
      })
  void aConditionIsAboutTheCall(String condition, boolean holds) {
    String rest = "\"Resource\": \"*\", \"Condition\": " + condition.replace('\'', '"');
    SignedPlane allowing = plane(policy(statement("Allow", "\"*\"", rest)), "NONE");
    SignedPlane denying =
        plane(
            policy(
                statement("Allow", "\"*\"", "\"Resource\": \"*\""),
                statement("Deny", "\"*\"", rest)),
            "NONE");
    Headers curl = Headers.of("User-Agent", "curl/8");

    assertThat(allowing.answer(request("GET", "/pets", curl, "")).status())
        .isEqualTo(holds ? 200 : 403);
    assertThat(denying.answer(request("GET", "/pets", curl, "")).status())
        .isEqualTo(holds ? 403 : 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{",
        "[]",
        "{\"Statement\": \"x\"}",
        "{\"Statement\": [{}], \"Statement\": []}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\"}}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": [7]}}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\","
            + " \"Condition\": {\"NumericLessThan\": {\"aws:EpochTime\": \"1\"}}}}",
      })
  void aPolicyThatIsNotUnderstoodLetsNobodyIn(String policy) {
    SignedPlane open = plane(policy, "NONE");

    assertThat(unsigned(open, "GET", "/pets").status()).isEqualTo(403);
    assertThat(open.sent).isEmpty();
  }

  @Test
  void aPolicyTakesEffectByADeployment() {
    assertThat(unsigned(plane(everybody("Allow"), everybody("Deny"), "NONE"), "GET", "/").status())
        .isEqualTo(200);
    assertThat(unsigned(plane(everybody("Deny"), everybody("Allow"), "NONE"), "GET", "/").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/admin/, 403",
    "//admin, 403",
    "/%61dmin, 403",
    "/files/admin, 403",
    "/files/%61dmin, 403",
    "/files//admin, 403",
    "/files/admin/, 403",
    "/files/admin;a=b, 403",
    "/files/Admin, 200",
    "/files/admins, 200",
    "/pets, 200",
  })
  void whatIsDeniedIsDeniedHoweverItIsWritten(String path, int status) {
    SignedPlane plane =
        plane(
            policy(
                statement("Allow", "\"*\"", "\"Resource\": \"*\""),
                statement(
                    "Deny",
                    "\"*\"",
                    "\"Resource\": [\"execute-api:/*/*/admin\", \"execute-api:/*/*/files/admin\"]")),
            "NONE");

    assertThat(unsigned(plane, "GET", path).status()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void anApiWithoutAPolicyIsOpen() {
    CaseApi api = new CaseApi();
    SignedPlane plane = new SignedPlane(api);

    assertThat(unsigned(plane, "GET", "/pets").status()).isEqualTo(200);
  }
}
