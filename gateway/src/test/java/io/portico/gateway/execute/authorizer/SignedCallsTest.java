package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.NOW;
import static io.portico.gateway.execute.authorizer.SignedPlane.OWNER;
import static io.portico.gateway.execute.authorizer.SignedPlane.ROOT;
import static io.portico.gateway.execute.authorizer.SignedPlane.STRANGERS;
import static io.portico.gateway.execute.authorizer.SignedPlane.may;
import static io.portico.gateway.execute.authorizer.SignedPlane.request;
import static io.portico.gateway.execute.authorizer.SignedPlane.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.authorizer.SignedPlane.Answer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with {@code authorizationType} AWS_IAM: whose signature is taken, and what he may. */
final class SignedCallsTest {
  private static final String API = SignedPlane.API;

  private final SignedPlane plane = new SignedPlane(api());

  private static CaseApi api() {
    CaseApi api = new CaseApi();
    for (String path : List.of("/", "/pets", "/pets/{id}", "/files/{proxy+}")) {
      api.method("ANY", path, "{authorizationType: AWS_IAM}");
      api.integration(
          """
          {type: HTTP_PROXY, httpMethod: ANY, uri: 'http://backend.test/called',
           requestParameters: {
             integration.request.header.x-account: context.identity.accountId,
             integration.request.header.x-caller: context.identity.caller,
             integration.request.header.x-user: context.identity.user,
             integration.request.header.x-user-arn: context.identity.userArn,
             integration.request.header.x-access-key: context.identity.accessKey,
             integration.request.header.x-cognito: context.identity.cognitoIdentityId}}
          """);
    }
    return api;
  }

  private static String denied(String user, String path, String why) {
    return "{\"Message\":\"User: %s is not authorized to perform: execute-api:Invoke on resource:"
            .formatted(user)
        + " arn:aws:execute-api:us-east-1:********0000:abc1234567/prod/%s%s\"}"
            .formatted(path, why);
  }

  private static Answer refused(String type, String text) {
    return new Answer(403, type, "{\"message\":" + Json.text(Json.tree(text)) + "}");
  }

  @Test
  void whoHasSignedIsCalledForByName() {
    Credentials ann = plane.user(OWNER, "ann", may("Allow", API + "/GET/pets"));

    assertThat(plane.answer(signed(ann, "GET", "/pets")).status()).isEqualTo(200);
    Headers headers = plane.sent.getFirst().headers();
    assertThat(headers.first("x-account")).isEqualTo(OWNER);
    assertThat(headers.first("x-caller")).isEqualTo("id-of-AKIAann");
    assertThat(headers.first("x-user")).isEqualTo("id-of-AKIAann");
    assertThat(headers.first("x-user-arn")).isEqualTo("arn:aws:iam::000000000000:user/ann");
    assertThat(headers.first("x-access-key")).isEqualTo("AKIAann");
    assertThat(headers.first("x-cognito")).isNull();
    assertThat(headers.first("Authorization")).isNull();
  }

  @Test
  void theContentIsSignedAndHandedOn() {
    HttpRequest posted = request("POST", "/pets", Headers.empty(), "");

    assertThat(plane.answer(signed(ROOT, posted, "{\"a\":1}", NOW)).status()).isEqualTo(200);
    assertThat(SignedPlane.text(plane.sent.getFirst().body())).isEqualTo("{\"a\":1}");
  }

  @Test
  void anOverriddenMethodIsTheOneThatIsAskedFor() {
    Credentials ann = plane.user(OWNER, "ann", may("Allow", API + "/GET/pets"));
    Headers overridden = Headers.of("X-HTTP-Method-Override", "GET");
    Headers deleting = Headers.of("X-HTTP-Method-Override", "DELETE");

    assertThat(plane.answer(signed(ann, request("POST", "/pets", overridden, ""), "", NOW)))
        .extracting(Answer::status)
        .isEqualTo(200);
    assertThat(plane.sent.getFirst().method()).isEqualTo("GET");
    assertThat(plane.answer(signed(ann, request("GET", "/pets", deleting, ""), "", NOW)))
        .isEqualTo(
            new Answer(
                403,
                "AccessDeniedException",
                denied(
                    "arn:aws:iam::000000000000:user/ann",
                    "DELETE/pets",
                    " because no identity-based policy allows the execute-api:Invoke action")));
    assertThat(plane.sent).hasSize(1);
  }

  @Test
  void anOverrideHasToBeSigned() {
    HttpRequest signed = signed(ROOT, "GET", "/pets");
    Headers more = signed.headers().toBuilder().add("x-http-method-override", "DELETE").build();

    assertThat(plane.answer(SignedPlane.onTheWire("GET", signed.target(), more, "")))
        .isEqualTo(
            refused(
                "IncompleteSignatureException",
                "'x-http-method-override' must be a 'SignedHeader' in the AWS Authorization."));
    assertThat(plane.sent).isEmpty();
  }

  @Test
  void theMethodOnTheRequestLineIsTheOneThatIsSigned() {
    Headers overridden = Headers.of("X-HTTP-Method-Override", "GET");
    HttpRequest signed = signed(ROOT, request("GET", "/pets", overridden, ""), "", NOW);

    assertThat(
            plane
                .answer(SignedPlane.onTheWire("POST", signed.target(), signed.headers(), ""))
                .errorType())
        .isEqualTo("InvalidSignatureException");
    assertThat(plane.sent).isEmpty();
  }

  @Test
  void theRootMayEverythingOfItsOwnAndSoMayItsSession() {
    Credentials session = plane.session("mine", NOW.plusSeconds(1));

    assertThat(plane.answer(signed(ROOT, "GET", "/")).status()).isEqualTo(200);
    assertThat(plane.answer(signed(session, "DELETE", "/pets/1")).status()).isEqualTo(200);
  }

  @Test
  void whoHasNotSignedHasNoToken() {
    Answer missing = refused("MissingAuthenticationTokenException", "Missing Authentication Token");

    assertThat(plane.answer(request("GET", "/pets", Headers.empty(), ""))).isEqualTo(missing);
    assertThat(plane.answer(request("GET", "/pets?X-Amz-Signature=00", Headers.empty(), "")))
        .isEqualTo(missing);
    assertThat(plane.sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Bearer abc | 'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
        "allow | Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=allow",
        "Digest Credential=a, Signature=b, SignedHeaders=c | Unsupported AWS 'algorithm': 'Digest'.",
        "AWS4-HMAC-SHA256 Credential=a b | 'b' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a b'.",
        "`` | Authorization header cannot be empty: ''.",
        ",AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0 | Unsupported AWS 'algorithm': ',AWS4-HMAC-SHA256'.",
      })
  void whatIsNoSignatureIsAnIncompleteOne(String authorization, String text) {
    Headers headers = Headers.of("Authorization", authorization);

    assertThat(plane.answer(request("GET", "/pets", headers, "")))
        .isEqualTo(refused("IncompleteSignatureException", text));
    assertThat(plane.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%", "a&b=%&c=%zz"})
  void aQueryThatIsNoSignatureIsAnIncompleteOne(String credential) {
    String target = "/pets?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential;

    assertThat(plane.answer(request("GET", target, Headers.empty(), "")))
        .isEqualTo(
            refused(
                "IncompleteSignatureException",
                "AWS query-string parameters must include 'X-Amz-SignedHeaders' parameter."));
    assertThat(plane.sent).isEmpty();
  }

  @Test
  void aKeyThatNobodyHasIsRefused() {
    Credentials unknown = new Credentials("AKIANOBODY", "x", null);
    Credentials session = plane.session("mine", Instant.MAX);
    Credentials untold = new Credentials(session.accessKeyId(), session.secretAccessKey(), null);
    Credentials mistold =
        new Credentials(session.accessKeyId(), session.secretAccessKey(), "another");

    for (Credentials credentials : List.of(unknown, untold, mistold)) {
      assertThat(plane.answer(signed(credentials, "GET", "/pets")))
          .isEqualTo(
              refused(
                  "UnrecognizedClientException",
                  "The security token included in the request is invalid."));
    }
    assertThat(plane.sent).isEmpty();
  }

  @Test
  void anExpiredSessionIsRefused() {
    Credentials ended = plane.session("ended", NOW);

    assertThat(plane.answer(signed(ended, "GET", "/pets")))
        .isEqualTo(
            refused(
                "ExpiredTokenException", "The security token included in the request is expired"));
  }

  @Test
  void aSignatureOfAnotherTimeOrPlaceIsRefused() {
    HttpRequest plain = request("GET", "/pets", Headers.empty(), "");

    assertThat(plane.answer(signed(ROOT, plain, "", NOW.minusSeconds(300))).status())
        .isEqualTo(200);
    assertThat(plane.answer(signed(ROOT, plain, "", NOW.minusSeconds(301))))
        .isEqualTo(
            refused(
                "InvalidSignatureException",
                "Signature expired: 20261129T115459Z is now earlier than 20261129T115500Z"
                    + " (20261129T120000Z - 5 min.)"));
    assertThat(plane.answer(signed(ROOT, plain, "", NOW, "eu-west-1", "execute-api")))
        .isEqualTo(
            refused(
                "InvalidSignatureException",
                "Credential should be scoped to a valid region, not 'eu-west-1'. "));
    assertThat(plane.answer(signed(ROOT, plain, "", NOW, "us-east-1", "lambda")))
        .isEqualTo(
            refused(
                "InvalidSignatureException",
                "Credential should be scoped to correct service: 'execute-api'. "));
    assertThat(plane.sent).hasSize(1);
  }

  @Test
  void whoseSignatureDoesNotMatchIsToldWhatToSign() {
    HttpRequest plain = request("GET", "/pets?b=2&a=1", Headers.empty(), "");
    Credentials wrong = new Credentials(ROOT.accessKeyId(), "another", null);

    assertThat(plane.answer(signed(wrong, plain, "", NOW)))
        .isEqualTo(
            refused(
                "InvalidSignatureException",
                """
                The request signature we calculated does not match the signature you provided. \
                Check your AWS Secret Access Key and signing method. Consult the service \
                documentation for details.

                The Canonical String for this request should have been
                'GET
                /prod/pets
                a=1&b=2
                host:abc1234567.execute-api.us-east-1.localhost
                x-amz-date:20261129T120000Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

                The String-to-Sign should have been
                'AWS4-HMAC-SHA256
                20261129T120000Z
                20261129/us-east-1/execute-api/aws4_request
                18fb8058270388684f4840ba446aeea6bcbb26f993ba33ac2a74412074c133b7'
                """));
  }

  @Test
  void whoMayNotIsToldWhoseWordThatIs() {
    Credentials nobody = plane.user(OWNER, "nobody");
    Credentials barred =
        plane.user(OWNER, "barred", may("Allow", "*"), may("Deny", API + "/*/pets/*"));
    Credentials stranger = plane.user(STRANGERS, "stranger", may("Allow", "*"));

    assertThat(plane.answer(signed(nobody, "GET", "/")))
        .isEqualTo(
            new Answer(
                403,
                "AccessDeniedException",
                denied(
                    "arn:aws:iam::000000000000:user/nobody",
                    "GET/",
                    " because no identity-based policy allows the execute-api:Invoke action")));
    assertThat(plane.answer(signed(barred, "GET", "/pets")).status()).isEqualTo(200);
    assertThat(plane.answer(signed(barred, "GET", "/pets/1")).body())
        .isEqualTo(
            denied(
                "arn:aws:iam::000000000000:user/barred",
                "GET/pets/1",
                " with an explicit deny in an identity-based policy"));
    assertThat(plane.answer(signed(stranger, "GET", "/pets")).body())
        .isEqualTo(
            denied(
                "arn:aws:iam::444455556666:user/stranger",
                "GET/pets",
                " because no resource-based policy allows the execute-api:Invoke action"));
    assertThat(plane.sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/GET/pets, GET, /pets, 200",
    "/GET/pets, HEAD, /pets, 403",
    "/GET/pets, OPTIONS, /pets, 403",
    "/GET/pets, GET, /pets/1, 403",
    "/GET/pets, GET, //pets, 200",
    "/*/pets, OPTIONS, /pets, 200",
    "/GET/pets/*, GET, /pets/1, 200",
    "/GET/pets/1, GET, /pets/%31, 403",
    "/GET/PETS, GET, /pets, 403",
    "/GET/, GET, /, 200",
    "/GET, GET, /, 403",
  })
  void thePathIsAllowedAsItStands(String allowed, String method, String path, int status) {
    Credentials ann = plane.user(OWNER, "ann", may("Allow", API + allowed));

    assertThat(plane.answer(signed(ann, method, path)).status()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "/files/secret/a, 403",
    "/files/secret/a/, 403",
    "/files//secret/a, 403",
    "/files/%73ecret/a, 403",
    "/files/secret%2Fa, 403",
    "/files/x/secret, 403",
    "/files/x/secret/, 403",
    "/files/secret;v=1/a, 403",
    "/files/./secret/a, 400",
    "/files/open/../secret/a, 400",
    "/files/open/%2e%2e/secret/a, 400",
    "/files/open\\secret, 400",
    "/files/secrets/a, 200",
    "/files/open/a, 200",
  })
  void whatIsDeniedIsDeniedHoweverItIsWritten(String path, int status) {
    Credentials ann =
        plane.user(
            OWNER,
            "ann",
            may("Allow", "*"),
            may("Deny", API + "/*/files/secret/*"),
            may("Deny", API + "/*/files/x/secret"));

    assertThat(plane.answer(signed(ann, "GET", path)).status()).isEqualTo(status);
    assertThat(plane.sent).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void noRequestWithoutAValidSignatureReachesTheBackend() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      plane.sent.clear();
      HttpRequest good = good(random);
      assertThat(plane.answer(good).status()).as("seed %d, signed", seed).isEqualTo(200);
      HttpRequest changed = changed(good, random);

      Answer answer = plane.answer(changed);

      assertThat(answer.status()).as("seed %d: %s", seed, changed).isBetween(400, 499);
      assertThat(plane.sent).as("seed %d: %s", seed, changed).hasSize(1);
    }
  }

  private static HttpRequest good(Random random) {
    HttpRequest plain =
        request(
            List.of("GET", "PUT", "POST", "PATCH").get(random.nextInt(4)),
            "/files/a" + random.nextInt(100) + "/b?q=" + random.nextInt(100),
            Headers.of("X-Amz-Meta", "m" + random.nextInt(10), "Content-Type", "text/plain"),
            "");
    return signed(
        ROOT, plain, "body " + random.nextInt(), NOW.plusSeconds(random.nextInt(600) - 300L));
  }

  /** One thing of a signed request made another. */
  private static HttpRequest changed(HttpRequest good, Random random) {
    String method = good.method();
    String target = good.target();
    Headers.Builder headers = good.headers().toBuilder();
    String authorization = String.valueOf(good.headers().first("Authorization"));
    String body = SignedPlane.text(good.body());
    switch (random.nextInt(14)) {
      case 0 -> method = "DELETE";
      case 1 -> target = target.replaceFirst("/b", "/c");
      case 2 -> target = target + "&more";
      case 3 -> target = target.replaceFirst("q=", "r=");
      case 4 -> headers.set("X-Amz-Meta", "other");
      case 5 -> headers.set("Content-Type", "text/html");
      case 6 -> headers.set("X-Amz-Date", "20261129T115959Z").add("X-Amz-Date", "x");
      case 7 -> headers.set("X-Amz-Unsigned", "1");
      case 8 -> body = body + "!";
      case 9 -> body = "";
      case 10 -> headers.remove("Authorization");
      case 11 -> headers.set("Host", "x" + SignedPlane.HOST);
      case 12 -> headers.set("Authorization", authorization.replace(", Signature=", ",S="));
      default -> headers.set("Authorization", oneLetterOff(authorization, random));
    }
    return SignedPlane.onTheWire(method, target, headers.build(), body);
  }

  private static String oneLetterOff(String authorization, Random random) {
    int at = authorization.indexOf("Signature=") + "Signature=".length() + random.nextInt(64);
    char[] letters = authorization.toCharArray();
    letters[at] = letters[at] == '0' ? '1' : '0';
    assertThat(Arrays.equals(letters, authorization.toCharArray())).isFalse();
    return new String(letters);
  }
}
