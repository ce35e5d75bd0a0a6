package io.portico.server;

import io.portico.gateway.aws.AwsPartition;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.lambda.code.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * <b>GetObject</b> of S3, at the endpoint that integrations have for it. Buckets stand in paths, as
 * everything that speaks S3 understands.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 */
final class S3ObjectStore implements ObjectStore {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final int MOST_REFUSAL = 64 * 1024;
  private static final String UNRESERVED = "-._~";
  private static final String OF_THIS_MACHINE =
      ". A zip or a folder of this machine is S3Bucket=_portico, S3Key=/path.";

  private final ServiceEndpoints endpoints;
  private final Upstream upstream;
  private final Credentials credentials;
  private final Clock clock;

  /**
   * @param credentials sign the calls
   */
  S3ObjectStore(
      ServiceEndpoints endpoints, Upstream upstream, Credentials credentials, Clock clock) {
    this.endpoints = endpoints;
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Fetched fetch(ObjectName name, long most) {
    ServiceEndpoints.Place place;
    try {
      place = endpoints.of(AwsPartition.of(name.region()), name.region(), "s3");
    } catch (UnusableException e) {
      return new Fetched.Unavailable(e.getMessage() + OF_THIS_MACHINE);
    }
    try {
      UpstreamResponse response = get(place, name);
      return response.status() == OK
          ? new Fetched.Content(response.body().readAll(most))
          : refused(response);
    } catch (BodyTooLargeException _) {
      return new Fetched.TooLarge();
    } catch (IOException e) {
      return new Fetched.Unavailable(
          "S3 does not answer at %s: %s"
              .formatted(place.endpoint().origin().authority(), e.getMessage()));
    }
  }

  private UpstreamResponse get(ServiceEndpoints.Place place, ObjectName name) throws IOException {
    AwsEndpoint endpoint = place.endpoint();
    String version = name.version();
    String target =
        place.prefix()
            + "/"
            + encoded(name.bucket(), "")
            + "/"
            + encoded(name.key(), "/")
            + (version == null ? "" : "?versionId=" + encoded(version, ""));
    Headers headers = Headers.of("Host", endpoint.host());
    Headers signed =
        new SigV4Signer(credentials, endpoint.region(), endpoint.signingName())
            .sign("GET", target, headers, new byte[0], clock.instant());
    return upstream.send(
        new UpstreamRequest(
            "GET", endpoint.origin(), target, signed, Body.EMPTY, TIMEOUT, IDLE_TIMEOUT));
  }

  /** Percent-encoded as signatures have it, but for some characters. */
  private static String encoded(String text, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (alphanumeric || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static Fetched refused(UpstreamResponse response) throws IOException {
    Map<String, String> error = error(response.body().readAll(MOST_REFUSAL));
    return new Fetched.Refused(
        error.getOrDefault("Code", Integer.toString(response.status())),
        error.getOrDefault("Message", "S3's endpoint does not say why."));
  }

  /** The members of an error document; none where the answer is no such document. */
  private static Map<String, String> error(byte[] xml) {
    Map<String, String> members = new HashMap<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT && isMember(reader.getLocalName())) {
          members.putIfAbsent(reader.getLocalName(), reader.getElementText());
        }
      }
    } catch (XMLStreamException _) {
      // Whatever stands there, the status says enough.
      return members;
    }
    return members;
  }

  private static boolean isMember(@Nullable String name) {
    return "Code".equals(name) || "Message".equals(name);
  }
}
