package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.TestSnapshot;

/** Calls methods that are tested. The wiring fills it: what calls methods is not known here. */
@FunctionalInterface
public interface TestRuns {

  /**
   * Calls a method through everything that stands between a method request and its response. A
   * method that fails is a result, too.
   *
   * @param request as the method is to take it
   * @param call who tests it
   */
  Result run(TestSnapshot tested, HttpRequest request, OperationCall call);

  /**
   * What came of it.
   *
   * @param latency in milliseconds
   * @param log what happened, in lines
   */
  record Result(int status, Headers headers, String body, long latency, String log) {}
}
