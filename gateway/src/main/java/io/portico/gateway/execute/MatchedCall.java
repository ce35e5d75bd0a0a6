package io.portico.gateway.execute;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.ServedStage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of which it is known what it reached: a method of a REST API, a route of an HTTP or
 * WebSocket API. For the thread that answers the call.
 */
public abstract class MatchedCall {
  private final Invocation invocation;
  private @Nullable String arn;

  protected MatchedCall(Invocation invocation) {
    this.invocation = invocation;
  }

  public Invocation invocation() {
    return invocation;
  }

  public ServedStage stage() {
    return invocation.stage();
  }

  /** The HTTP method that was called, where that of what it reached may be {@code ANY}. */
  public String httpMethod() {
    return invocation.httpMethod();
  }

  /** The ARN of what was called, with the request's own verb and path. */
  public String arn() {
    String known = arn;
    if (known == null) {
      known = arn(stage().accountId());
      arn = known;
    }
    return known;
  }

  /** The same with another text in place of the account's number. */
  public String arn(String account) {
    ServedStage stage = stage();
    return SourceArn.ofMethod(
        stage.region(),
        account,
        stage.apiId(),
        stage.stageName(),
        httpMethod(),
        invocation.path().text());
  }

  /**
   * The ARNs by which others may read what was called; none, as a rule. A path that ends with a
   * slash, or that a backend may decode, has other readings, by which what is denied could be
   * called after all.
   */
  public List<String> readings() {
    CanonicalPath path = invocation.path();
    String text = path.text();
    boolean slash = text.length() > 1 && text.endsWith("/");
    List<String> decoded = path.decodedSegments();
    if (!slash && decoded == null) {
      return List.of();
    }
    String whole = arn();
    String method = whole.substring(0, whole.length() - text.length());
    List<String> readings = new ArrayList<>(2);
    if (slash) {
      readings.add(whole.substring(0, whole.length() - 1));
    }
    if (decoded != null) {
      readings.add(method + "/" + String.join("/", decoded));
    }
    return List.copyOf(readings);
  }
}
