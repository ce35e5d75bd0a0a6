package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Caller;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of something of API Gateway: {@code arn:aws:apigateway:eu-west-1::/apis/a1b2c3}.
 *
 * @param accountId empty where none is named, as in most of them
 * @param path its segments, such as {@code apis} and the API's id
 */
// AWS: source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html.
public record ResourceArn(String region, String accountId, List<String> path) {
  private static final Pattern FORM =
      Pattern.compile("arn:aws[a-z-]*:apigateway:([a-z0-9-]+):(\\d{12})?:/([^/]+(?:/[^/]+)*+)");

  /** What an ARN says, or null where it is none or not of the caller's account and region. */
  public static @Nullable ResourceArn of(String arn, Caller caller) {
    Matcher parts = FORM.matcher(arn);
    if (!parts.matches()
        || !parts.group(1).equals(caller.region())
        || (parts.group(2) != null && !parts.group(2).equals(caller.accountId()))) {
      return null;
    }
    return new ResourceArn(
        parts.group(1),
        parts.group(2) == null ? "" : parts.group(2),
        List.of(parts.group(3).split("/", -1)));
  }

  /** The id of the one thing that it names of a collection, or null where it names none of it. */
  public @Nullable String only(String collection) {
    return path.size() == 2 && path.getFirst().equals(collection) ? path.getLast() : null;
  }

  /**
   * The ids of a thing of a collection and of one of another beneath it, or null where it names
   * none such.
   */
  public @Nullable List<String> nested(String collection, String beneath) {
    return path.size() == 4 && path.get(0).equals(collection) && path.get(2).equals(beneath)
        ? List.of(path.get(1), path.get(3))
        : null;
  }
}
