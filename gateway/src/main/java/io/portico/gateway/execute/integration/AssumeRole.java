package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/**
 * The call of STS by which a role is assumed, in the Query protocol.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
final class AssumeRole implements RoleSessions {
  /** AWS: name and time of API Gateway's sessions; source: CloudTrail events of users. */
  private static final String FORM =
      "Action=AssumeRole&Version=2011-06-15&RoleSessionName=BackplaneAssumeRoleSession"
          + "&DurationSeconds=3600&RoleArn=";

  private static final String FORM_TYPE = "application/x-www-form-urlencoded; charset=utf-8";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long MOST_ANSWER = 1L << 20;
  private static final int OK = 200;

  private final Upstream upstream;
  private final Credentials own;
  private final Clock clock;

  /**
   * @param own assume the roles
   */
  AssumeRole(Upstream upstream, Credentials own, Clock clock) {
    this.upstream = upstream;
    this.own = own;
    this.clock = clock;
  }

  @Override
  public Session begin(SigningIdentity.Role role) throws IOException {
    AwsEndpoint sts = role.sts();
    byte[] form =
        (FORM + URLEncoder.encode(role.arn(), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8);
    Headers signed =
        new SigV4Signer(own, sts.region(), sts.signingName())
            .sign(
                "POST",
                role.path(),
                Headers.of("Host", sts.host(), "Content-Type", FORM_TYPE),
                form,
                clock.instant());
    long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
    UpstreamResponse response =
        upstream.send(
            new UpstreamRequest("POST", sts.origin(), role.path(), signed, Body.of(form), TIMEOUT));
    JsonNode answer = document(response.body().readAll(MOST_ANSWER, deadlineNanos));
    if (response.status() != OK) {
      throw new IOException(
          "STS answers %d %s: %s"
              .formatted(
                  response.status(),
                  answer.path("Error").path("Code").asString("without a code"),
                  answer.path("Error").path("Message").asString("no message")));
    }
    return session(answer.path("AssumeRoleResponse").path("AssumeRoleResult").path("Credentials"));
  }

  private Session session(JsonNode credentials) throws IOException {
    Instant end;
    try {
      end = Instant.parse(text(credentials, "Expiration"));
    } catch (DateTimeParseException e) {
      throw new IOException("STS answers credentials whose end is no time", e);
    }
    if (!end.isAfter(clock.instant())) {
      throw new IOException("STS answers credentials whose time is over: " + end);
    }
    return new Session(
        new Signers(
            new Credentials(
                text(credentials, "AccessKeyId"),
                text(credentials, "SecretAccessKey"),
                text(credentials, "SessionToken"))),
        end);
  }

  private static String text(JsonNode credentials, String member) throws IOException {
    String text = credentials.path(member).asString("");
    if (text.isEmpty()) {
      throw new IOException("STS answers credentials without " + member);
    }
    return text;
  }

  private static JsonNode document(byte[] xml) throws IOException {
    byte[] json = XmlReply.json(xml);
    if (json == null) {
      throw new IOException("what STS answers is no document of its own");
    }
    return Json.parse(json);
  }
}
