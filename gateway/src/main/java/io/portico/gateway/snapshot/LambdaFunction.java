package io.portico.gateway.snapshot;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.UpstreamRequest.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A function, and where Lambda's API has it.
 *
 * @param arn of the function, with a qualifier or without
 * @param region whose endpoint is meant; the requests are signed for it
 * @param origin where to connect
 * @param invokePath the path of Invoke
 * @param streamPath the path of InvokeWithResponseStream; that of Invoke at an emulator, which does
 *     not have it
 * @param emulated whether AWS's runtime interface emulator is there, or something like it: it says
 *     of an answer nothing but status and body
 */
public record LambdaFunction(
    String arn,
    String region,
    Origin origin,
    String invokePath,
    String streamPath,
    boolean emulated) {
  /** What the path of Invoke ends with. */
  private static final String INVOCATIONS = "/invocations";

  /**
   * Which part of an ARN is the name: {@code arn:aws:lambda:<region>:<account>:function:<name>}.
   */
  private static final int NAME = 6;

  /** The function's name, without a qualifier. */
  public String name() {
    String[] parts = arn.split(":", -1);
    return parts.length > NAME ? parts[NAME] : parts[parts.length - 1];
  }

  /**
   * That of an ARN. An endpoint whose path is that of an Invoke already serves one function,
   * whatever its ARN: AWS's emulator has {@code /2015-03-31/functions/function/invocations} alone;
   * source: documented, https://docs.aws.amazon.com/lambda/latest/dg/images-test.html.
   *
   * @param arn {@code arn:aws:lambda:<region>:<account>:function:<name>}
   */
  public static LambdaFunction of(String arn, EndpointUrl endpoint) {
    String[] parts = arn.split(":", 5);
    boolean emulated = endpoint.prefix().endsWith(INVOCATIONS);
    String named = URLEncoder.encode(arn, StandardCharsets.UTF_8);
    return new LambdaFunction(
        arn,
        parts.length > 3 && !parts[3].isEmpty() ? parts[3] : "us-east-1",
        endpoint.origin(),
        emulated
            ? endpoint.prefix()
            : endpoint.prefix() + "/2015-03-31/functions/" + named + INVOCATIONS,
        emulated
            ? endpoint.prefix()
            : endpoint.prefix()
                + "/2021-11-15/functions/"
                + named
                + "/response-streaming-invocations",
        emulated);
  }
}
