package io.portico.gateway.execute;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.httpapi.HttpStage;

/**
 * Names a request in an answer that is the front door's own, as answers of the API's kind name
 * theirs, so that whoever asks about it has something to ask by.
 *
 * <p>AWS: that answers to what is no opening handshake have these ids is assumed from the others of
 * its front door ({@code Forbidden}, 431).
 */
public final class AnswerIds {
  private AnswerIds() {}

  /** The same answer with ids. */
  public static HttpResponse added(HttpResponse answer, ServedStage stage) {
    Headers.Builder headers = answer.headers().toBuilder();
    if (stage instanceof HttpStage) {
      headers.add("Apigw-Requestid", RequestId.extended());
    } else {
      headers.add("x-amzn-RequestId", RequestId.random());
      headers.add("x-amz-apigw-id", RequestId.extended());
    }
    return new HttpResponse(answer.status(), headers.build(), answer.body());
  }
}
