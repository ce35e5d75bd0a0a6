package io.portico.lambda.async;

import java.io.IOException;

/** Calls AWS's services, or whatever is configured in their place. */
public interface ServiceCalls {

  /**
   * A service's answer.
   *
   * @param status three digits
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, byte[] body) {}

  /**
   * Calls a service and waits for its answer, for a bounded time.
   *
   * @throws NoEndpointException if nothing says where the service is
   * @throws IOException if there is no answer
   */
  Answer call(ServiceCall call) throws IOException;
}
