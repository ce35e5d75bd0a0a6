package io.portico.lambda.code;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.lambda.code.CodeLinks.Followed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link CodeLinks} with what they lead to, or refuses in S3's words. Read only. */
public final class CodeDownloads implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(CodeDownloads.class);

  private final CodeLinks links;

  /** Those of some links. */
  public CodeDownloads(CodeLinks links) {
    this.links = links;
  }

  /** It reads files. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    return true;
  }

  // AWS: statuses, codes and messages are S3's; source: documented,
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.
  @Override
  public HttpResponse handle(HttpRequest request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return refusal(
          405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }
    return switch (links.follow(request.target())) {
      case Followed.To to -> zip(to.zip());
      case Followed.Expired expired -> refusal(403, "AccessDenied", "Request has expired");
      case Followed.Forged forged -> refusal(403, "AccessDenied", "Access Denied");
    };
  }

  /** It may be long, and is read while it is sent: its file stays open until then. */
  private static HttpResponse zip(Path zip) {
    try {
      InputStream content = Files.newInputStream(zip);
      return new HttpResponse(
          200,
          Headers.of("Content-Type", "application/zip"),
          new Body.Produced(
              out -> {
                try (content) {
                  content.transferTo(out);
                }
              }));
    } catch (NoSuchFileException _) {
      // A link outlives what it leads to.
      return refusal(404, "NoSuchKey", "The specified key does not exist.");
    } catch (IOException e) {
      LOG.error("{} cannot be read", zip, e);
      return refusal(500, "InternalError", "We encountered an internal error. Please try again.");
    }
  }

  private static HttpResponse refusal(int status, String code, String message) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "application/xml"),
        Body.of(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                .formatted(code, message)));
  }
}
