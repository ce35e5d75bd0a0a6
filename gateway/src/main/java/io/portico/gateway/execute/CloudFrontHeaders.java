package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CloudFront;
import java.util.ArrayList;
import java.util.List;

/**
 * What CloudFront adds on both ways of a call to an edge-optimised API; nothing to a call of any
 * other.
 *
 * <p>AWS: recorded, facts PRX-12 of functions' events and RSP-03 of answers; that a proxied backend
 * is sent the same, and that mappings see it, is inferred. {@code CloudFront-Viewer-Country} and
 * {@code CloudFront-Viewer-ASN} are not said: nobody here knows where a client is, and a made-up
 * answer would be believed. Nor does an edge location's address stand in {@code X-Forwarded-For}.
 */
public final class CloudFrontHeaders {
  private static final String VIA = "Via";
  private static final String ID = "X-Amz-Cf-Id";
  private static final String VIEWER = "CloudFront-";

  private CloudFrontHeaders() {}

  /**
   * Whether a client's header of this name is CloudFront's to say. The others of its are assumed.
   */
  static boolean isOwn(String name) {
    return name.equalsIgnoreCase(VIA)
        || name.equalsIgnoreCase(ID)
        || name.regionMatches(true, 0, VIEWER, 0, VIEWER.length());
  }

  /** Adds what a request's front end hears from CloudFront. */
  static void addTo(
      Headers.Builder passed, Headers received, Invocation invocation, CloudFront cloudFront) {
    String id = invocation.cloudFrontId();
    if (id == null) {
      return;
    }
    passed
        .addChecked("CloudFront-Forwarded-Proto", invocation.request().connection().scheme())
        // AWS: what it says of a client that is no device it knows; source: documented,
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html;
        // of devices it knows, this is not true.
        .addChecked("CloudFront-Is-Desktop-Viewer", "true")
        .addChecked("CloudFront-Is-Mobile-Viewer", "false")
        .addChecked("CloudFront-Is-SmartTV-Viewer", "false")
        .addChecked("CloudFront-Is-Tablet-Viewer", "false")
        .addChecked(VIA, chain(received, cloudFront))
        .addChecked(ID, id);
  }

  /**
   * The answer as CloudFront hands it on.
   *
   * <p>AWS: {@code Miss from cloudfront} is recorded of 2xx only (facts RSP-03); that errors say
   * {@code Error from cloudfront}, and redirections what success says, is reported by users.
   */
  public static HttpResponse added(HttpResponse answer, Invocation invocation) {
    CloudFront cloudFront = invocation.stage().cloudFront();
    String id = invocation.cloudFrontId();
    return cloudFront == null || id == null ? answer : added(answer, cloudFront, id);
  }

  /** The same, where the request did not come as far as a stage. */
  static HttpResponse added(HttpResponse answer, CloudFront cloudFront, String id) {
    Headers headers =
        answer.headers().toBuilder()
            .set("X-Cache", (answer.status() < 400 ? "Miss" : "Error") + " from cloudfront")
            .set(VIA, chain(answer.headers(), cloudFront))
            .set("X-Amz-Cf-Pop", cloudFront.pop())
            .set(ID, id)
            .build();
    return new HttpResponse(answer.status(), headers, answer.body(), answer.completion());
  }

  /** Those before CloudFront, and CloudFront (RFC 9110, 7.6.3). */
  private static String chain(Headers before, CloudFront cloudFront) {
    if (!before.contains(VIA)) {
      return cloudFront.via();
    }
    List<String> chain = new ArrayList<>(before.all(VIA));
    chain.add(cloudFront.via());
    return String.join(", ", chain);
  }
}
