package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.json.CborWriter;
import io.portico.gateway.json.Json;
import java.util.Set;

/**
 * The services of AWS that Portico does not have: every call is refused, in the protocol in which
 * the client that has made it reads refusals.
 */
final class MissingServices {
  /** AWS: source: documented, the protocols of its published service models. */
  private static final Set<String> REST_XML =
      Set.of("cloudfront", "route53", "s3", "s3-outposts", "s3express");

  private MissingServices() {}

  /** What is said of a service. */
  static ServiceException refusal(String signingName) {
    AwsService service = AwsServices.find(signingName);
    return new ServiceException(
        "NotImplementedException",
        501,
        ("Portico has no %s: of AWS's services it has API Gateway, Lambda, IAM, STS, CloudWatch,"
                + " CloudWatch Logs and Certificate Manager.")
            .formatted(service == null ? signingName : service.id()));
  }

  /** A refusal as the request's client reads it. */
  static HttpResponse refuse(HttpRequest request, String signingName, ServiceException refusal) {
    String requestId = RequestId.random();
    if (CborProtocol.isSpokenIn(request)) {
      return new HttpResponse(
          refusal.status(),
          Headers.of(
              "Content-Type",
              CborProtocol.CONTENT_TYPE,
              CborProtocol.HEADER,
              CborProtocol.NAME,
              "x-amzn-RequestId",
              requestId),
          Body.of(cbor(refusal)));
    }
    String contentType = request.headers().first("Content-Type");
    if (contentType != null
        && MediaType.of(contentType).equals("application/x-www-form-urlencoded")) {
      return xml(refusal, requestId, signingName.equals("ec2") ? Form.EC2 : Form.RESPONSE);
    }
    if (REST_XML.contains(signingName)) {
      return xml(refusal, requestId, signingName.startsWith("s3") ? Form.S3 : Form.RESPONSE);
    }
    return new HttpResponse(
        refusal.status(),
        Headers.of(
            "Content-Type",
            contentType != null && contentType.startsWith("application/x-amz-json-")
                ? contentType
                : "application/json",
            "x-amzn-ErrorType",
            refusal.code(),
            "x-amzn-RequestId",
            requestId),
        Body.of(
            Json.bytes(
                Json.object().put("__type", refusal.code()).put("message", refusal.text()))));
  }

  /** In what an error stands. */
  private enum Form {
    /** The Query protocol's, and that of REST and XML. */
    RESPONSE,
    /** EC2's own: a list of one. */
    EC2,
    /** S3's own: nothing around it. */
    S3
  }

  private static HttpResponse xml(ServiceException refusal, String requestId, Form form) {
    XmlWriter xml = new XmlWriter();
    switch (form) {
      case RESPONSE -> xml.open("ErrorResponse").open("Error").element("Type", "Receiver");
      case EC2 -> xml.open("Response").open("Errors").open("Error");
      case S3 -> xml.open("Error");
    }
    xml.element("Code", refusal.code()).element("Message", refusal.text());
    switch (form) {
      case RESPONSE -> xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
      case EC2 ->
          xml.close("Error").close("Errors").element("RequestID", requestId).close("Response");
      case S3 -> xml.element("RequestId", requestId).close("Error");
    }
    return new HttpResponse(
        refusal.status(),
        Headers.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
        Body.of(xml.text()));
  }

  private static byte[] cbor(ServiceException refusal) {
    return new CborWriter()
        .openMap(2)
        .name("__type")
        .text(refusal.code())
        .name("message")
        .text(refusal.text())
        .closeMap()
        .bytes();
  }
}
