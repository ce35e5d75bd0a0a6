package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.TestSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The authorizers that serve. The wiring fills it: what asks them is not known here. */
public interface RunningAuthorizers {

  /**
   * Asks an authorizer that is tested. One that fails is a result, too.
   *
   * @param tested a method that has the authorizer
   * @param request as the authorizer is to see it
   * @param context more {@code $context} variables, by name
   * @param call who tests it
   */
  Result test(
      TestSnapshot tested, HttpRequest request, Map<String, String> context, OperationCall call);

  /**
   * Forgets what authorizers have answered for a stage.
   *
   * @param stageKey as {@code compile.StageKey} makes it
   */
  void flush(String stageKey);

  /**
   * What came of it.
   *
   * @param clientStatus 0 where the authorizer knows the caller, else what he would be answered
   * @param latency in milliseconds
   * @param log what happened, in lines
   * @param principalId of the caller, or null
   * @param policy what the authorizer allows him, or null
   * @param claims of a token
   */
  record Result(
      int clientStatus,
      long latency,
      String log,
      @Nullable String principalId,
      @Nullable String policy,
      Map<String, String> claims) {}
}
