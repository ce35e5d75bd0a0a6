package io.portico.lambda.url;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Function URLs with AuthType AWS_IAM, called as AWS's own client signs, and by functions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignedFunctionUrlsTest {
  private static final String FUNCTIONS = "/2021-10-31/functions/";
  private static final String ACCOUNT = "000000000000";
  private static final String BOTH = "[\"lambda:InvokeFunctionUrl\", \"lambda:InvokeFunction\"]";
  private static final String FORBIDDEN =
      "{\"Message\":\"Forbidden. For troubleshooting Function URL authorization issues, see:"
          + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html\"}";
  private static final String MISMATCH =
      "{\"message\":\"The request signature we calculated does not match the signature you"
          + " provided. Check your AWS Secret Access Key and signing method. Consult the service"
          + " documentation for details.\"}";

  private static final String ECHO = "exports.handler = async event => event;";

  /** Calls what the event says, signed with the credentials that the function has. */
  private static final String CALLING =
      """
      const crypto = require('crypto');
      const http = require('http');
      const sha = text => crypto.createHash('sha256').update(text).digest('hex');
      const hmac = (key, text) => crypto.createHmac('sha256', key).update(text).digest();
      const env = process.env;

      exports.handler = async ({connect, host, service, body, type}) => {
        const date = new Date().toISOString().replace(/[-:]|\\.\\d{3}/g, '');
        const parts = [date.slice(0, 8), env.AWS_REGION, service, 'aws4_request'];
        const headers = {
          host, 'x-amz-date': date, 'x-amz-security-token': env.AWS_SESSION_TOKEN};
        const names = Object.keys(headers).sort();
        const canonical = ['POST', '/', '', ...names.map(name => `${name}:${headers[name]}`), '',
          names.join(';'), sha(body)].join('\\n');
        const key = parts.reduce((key, part) => hmac(key, part), 'AWS4' + env.AWS_SECRET_ACCESS_KEY);
        const scope = parts.join('/');
        const signature =
          hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha(canonical)].join('\\n')).toString('hex');
        headers.authorization = `AWS4-HMAC-SHA256 Credential=${env.AWS_ACCESS_KEY_ID}/${scope}, `
          + `SignedHeaders=${names.join(';')}, Signature=${signature}`;
        headers['content-type'] = type;
        return new Promise((resolve, reject) => {
          const request = http.request(connect, {method: 'POST', headers}, response => {
            let text = '';
            response.on('data', piece => text += piece);
            response.on('end', () => resolve(
              {status: response.statusCode, text, key: env.AWS_ACCESS_KEY_ID}));
          });
          request.on('error', reject);
          request.end(body);
        });
      };
      """;

  private final RunningHost host = RunningHost.start(4);
  private final Roles roles = new Roles(host);
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private String authority;

  @BeforeAll
  void create() {
    host.create(creation("f", "nodejs20.x", "index.handler", Zips.of("index.js", ECHO)));
    authority = url("f");
    host.create(
        creation("caller", "nodejs20.x", "index.handler", Zips.of("index.js", CALLING))
            .put("Role", roles.role("caller", "Allow", BOTH)));
  }

  @AfterAll
  void end() {
    host.close();
  }

  /** A URL that asks for a signature; its host with the port. */
  private String url(String name) {
    Reply created =
        host.call(
            "POST",
            FUNCTIONS + name + "/url",
            Json.bytes(Json.object().put("AuthType", "AWS_IAM")));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return URI.create(created.json().path("FunctionUrl").asString()).getAuthority();
  }

  private SdkHttpRequest sign(
      AwsCredentialsIdentity identity,
      String path,
      String body,
      Consumer<SignRequest.Builder<AwsCredentialsIdentity>> others) {
    return sign(authority, identity, path, body, others);
  }

  private SdkHttpRequest sign(
      String called,
      AwsCredentialsIdentity identity,
      String path,
      String body,
      Consumer<SignRequest.Builder<AwsCredentialsIdentity>> others) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("http://" + called + path))
            .build();
    return signer
        .sign(
            signing -> {
              signing
                  .identity(identity)
                  .request(request)
                  .payload(ContentStreamProvider.fromUtf8String(body))
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "lambda")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1");
              others.accept(signing);
            })
        .request();
  }

  private Reply send(SdkHttpRequest request, String body) {
    List<String> headers = new ArrayList<>();
    request
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> {
                      headers.add(name);
                      headers.add(value);
                    }));
    String query = request.encodedQueryParameters().map(text -> "?" + text).orElse("");
    return host.call(
        "POST",
        request.encodedPath() + query,
        body.getBytes(StandardCharsets.UTF_8),
        headers.toArray(String[]::new));
  }

  private Reply call(AwsCredentialsIdentity identity) {
    return send(sign(identity, "/a%20b//c?x=1&y=%2F", "text", signing -> {}), "text");
  }

  @Test
  void aRoleThatIsAllowedToCalls() {
    roles.role("allowed", "Allow", BOTH);
    AwsSessionCredentialsIdentity identity = roles.assume("allowed");

    Reply reply = call(identity);

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonNode context = reply.json().path("requestContext");
    JsonNode iam = context.path("authorizer").path("iam");
    assertThat(iam.propertyNames())
        .containsExactly(
            "accessKey",
            "accountId",
            "callerId",
            "cognitoIdentity",
            "principalOrgId",
            "userArn",
            "userId");
    assertThat(iam.path("accessKey").asString()).isEqualTo(identity.accessKeyId());
    assertThat(iam.path("accountId").asString()).isEqualTo(ACCOUNT);
    assertThat(iam.path("userArn").asString())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/allowed/me");
    assertThat(iam.path("userId").asString()).matches("AROA[A-Z2-7]{17}:me");
    assertThat(iam.path("callerId")).isEqualTo(iam.path("userId"));
    assertThat(iam.path("cognitoIdentity").isNull()).isTrue();
    assertThat(context.path("accountId").asString()).isEqualTo(ACCOUNT);
    assertThat(reply.json().path("body").asString()).isEqualTo("text");
    assertThat(reply.json().path("rawPath").asString()).isEqualTo("/a%20b//c");
  }

  /** AWS: both since October 2025. */
  @Test
  void oneOfBothPermissionsIsNotEnough() {
    roles.role("url-only", "Allow", "\"lambda:InvokeFunctionUrl\"");
    roles.role("function-only", "Allow", "\"lambda:InvokeFunction\"");

    for (String role : List.of("url-only", "function-only", "nobody-made-it")) {
      Reply reply = call(roles.assume(role));

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).isEqualTo(FORBIDDEN);
      assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("AccessDeniedException");
    }
  }

  @Test
  void whatOnePolicyDeniesNoOtherOneAllows() {
    roles.role("denied", "Allow", BOTH);
    AwsSessionCredentialsIdentity identity = roles.assume("denied");
    assertThat(call(identity).status()).isEqualTo(200);

    roles.put("denied", "Deny", "\"lambda:InvokeFunction\"");

    assertThat(call(identity).text()).isEqualTo(FORBIDDEN);
  }

  private void permit(String sid, ObjectNode permission, String role) {
    Reply permitted =
        host.functions(
            "POST",
            "/f/policy",
            permission
                .put("StatementId", sid)
                .put("Principal", "arn:aws:iam::" + ACCOUNT + ":role/" + role));
    assertThat(permitted.status()).as(permitted.text()).isEqualTo(201);
  }

  @Test
  void theFunctionsPolicyAllowsAsWell() {
    roles.role("named", "Allow", "\"s3:*\"");
    AwsSessionCredentialsIdentity identity = roles.assume("named");
    permit(
        "url",
        Json.object()
            .put("Action", "lambda:InvokeFunctionUrl")
            .put("FunctionUrlAuthType", "AWS_IAM"),
        "named");
    assertThat(call(identity).status()).isEqualTo(403);

    permit(
        "function",
        Json.object().put("Action", "lambda:InvokeFunction").put("InvokedViaFunctionUrl", true),
        "named");

    assertThat(call(identity).status()).isEqualTo(200);
  }

  @Test
  void theAccountItselfCalls() {
    AwsSessionCredentialsIdentity identity =
        Roles.credentials(roles.form("2011-06-15", Map.of("Action", "GetSessionToken")));

    Reply reply = call(identity);

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(
            reply
                .json()
                .path("requestContext")
                .path("authorizer")
                .path("iam")
                .path("userArn")
                .asString())
        .isEqualTo("arn:aws:iam::000000000000:root");
  }

  @Test
  void whoeverHasNotSignedIsForbidden() {
    Reply reply = host.call("GET", "/", new byte[0], "Host", authority);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).isEqualTo(FORBIDDEN);
  }

  @Test
  void aWrongSecretIsNoSignature() {
    AwsSessionCredentialsIdentity right = roles.assume("wrong-secret");
    AwsSessionCredentialsIdentity wrong =
        AwsSessionCredentialsIdentity.create(right.accessKeyId(), "wrong", right.sessionToken());

    Reply reply = call(wrong);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).isEqualTo(MISMATCH);
    assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("InvalidSignatureException");
  }

  @Test
  void credentialsThatWereNotGivenOutAreInvalid() {
    Reply permanent = call(AwsCredentialsIdentity.create("test", "test"));
    AwsSessionCredentialsIdentity right = roles.assume("wrong-token");
    Reply token =
        call(
            AwsSessionCredentialsIdentity.create(
                right.accessKeyId(), right.secretAccessKey(), "wrong"));

    for (Reply reply : List.of(permanent, token)) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text())
          .isEqualTo("{\"message\":\"The security token included in the request is invalid.\"}");
      assertThat(reply.header("x-amzn-ErrorType")).isEqualTo("UnrecognizedClientException");
    }
  }

  @Test
  void aRequestThatWasChangedOnItsWayIsRefused() {
    roles.role("changed", "Allow", BOTH);
    SdkHttpRequest signed = sign(roles.assume("changed"), "/p?x=1", "text", signing -> {});

    assertThat(send(signed, "other").text()).isEqualTo(MISMATCH);
    assertThat(send(signed.toBuilder().encodedPath("/q").build(), "text").text())
        .isEqualTo(MISMATCH);
    assertThat(send(signed.toBuilder().putRawQueryParameter("x", "2").build(), "text").text())
        .isEqualTo(MISMATCH);
    assertThat(send(signed, "text").status()).isEqualTo(200);
  }

  @Test
  void aSignatureGrowsOld() {
    roles.role("late", "Allow", BOTH);
    Clock early = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6));

    Reply reply =
        send(
            sign(
                roles.assume("late"),
                "/",
                "text",
                signing -> signing.putProperty(HttpSigner.SIGNING_CLOCK, early)),
            "text");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().path("message").asString())
        .matches("Signature expired: \\S+ is now earlier than \\S+ \\(\\S+ - 5 min\\.\\)");
  }

  @Test
  void aPresignedUrlIsCalledByWhoeverHasIt() {
    roles.role("presigned", "Allow", BOTH);
    AwsSessionCredentialsIdentity identity = roles.assume("presigned");
    Clock early = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-20));

    SdkHttpRequest good = presign(identity, early, Duration.ofMinutes(30));
    SdkHttpRequest old = presign(identity, early, Duration.ofMinutes(10));

    assertThat(good.headers()).doesNotContainKey("Authorization");
    Reply called = send(good, "");
    assertThat(called.status()).as(called.text()).isEqualTo(200);
    assertThat(send(old, "").json().path("message").asString()).startsWith("Signature expired: ");
    assertThat(send(good.toBuilder().encodedPath("/other").build(), "").text()).isEqualTo(MISMATCH);
  }

  /** What is signed is what is sent, whichever of its names the URL is called by. */
  @Test
  void thePathFormIsSignedAsItIsSent() {
    roles.role("by-path", "Allow", BOTH);
    String path = "/_aws/lambda-url/" + authority.substring(0, authority.indexOf('.')) + "/a";
    AwsSessionCredentialsIdentity identity = roles.assume("by-path");

    Reply reply =
        send(sign("127.0.0.1:" + host.port(), identity, path, "text", signing -> {}), "text");

    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("rawPath").asString()).isEqualTo("/a");
  }

  /** As the documentation does it. */
  @Test
  void curlSignsAsWell() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl");
    roles.role("curl", "Allow", BOTH);
    AwsSessionCredentialsIdentity identity = roles.assume("curl");

    Process curl =
        new ProcessBuilder(
                "/usr/bin/curl",
                "--silent",
                "--max-time",
                "30",
                "--aws-sigv4",
                "aws:amz:us-east-1:lambda",
                "--user",
                identity.accessKeyId() + ":" + identity.secretAccessKey(),
                "-H",
                "x-amz-security-token: " + identity.sessionToken(),
                "http://" + authority + "/")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] answer = curl.getInputStream().readAllBytes();

    assertThat(curl.waitFor()).isZero();
    assertThat(
            Json.parse(answer)
                .path("requestContext")
                .path("authorizer")
                .path("iam")
                .path("userArn")
                .asString())
        .as(new String(answer, StandardCharsets.UTF_8))
        .endsWith(":assumed-role/curl/me");
  }

  private SdkHttpRequest presign(
      AwsSessionCredentialsIdentity identity, Clock clock, Duration validity) {
    return sign(
        identity,
        "/p?x=1",
        "",
        signing ->
            signing
                .putProperty(HttpSigner.SIGNING_CLOCK, clock)
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validity));
  }

  private JsonNode fromFunction(String service, String calledHost, String type, String body) {
    Reply reply =
        host.invoke(
            "caller",
            Json.text(
                Json.object()
                    .put("connect", host.url() + "/")
                    .put("host", calledHost)
                    .put("service", service)
                    .put("type", type)
                    .put("body", body)));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  /** INV-15, INV-17. */
  @Test
  void aFunctionIsASessionOfItsRole() {
    JsonNode answer =
        fromFunction(
            "sts",
            "127.0.0.1:" + host.port(),
            "application/x-www-form-urlencoded",
            "Action=GetCallerIdentity&Version=2011-06-15");

    assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
    String xml = answer.path("text").asString();
    assertThat(Roles.element(xml, "Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/caller/caller");
    assertThat(Roles.element(xml, "UserId")).matches("AROA[A-Z2-7]{17}:caller");
    assertThat(answer.path("key").asString()).matches("ASIA[A-Z2-7]{16}");
  }

  @Test
  void aFunctionCallsAUrlAsItsRoleMay() {
    JsonNode answer = fromFunction("lambda", authority, "text/plain", "hello");

    assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
    JsonNode event = Json.parse(answer.path("text").asString());
    assertThat(event.path("body").asString()).isEqualTo("hello");
    assertThat(
            event.path("requestContext").path("authorizer").path("iam").path("userArn").asString())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/caller/caller");
  }
}
