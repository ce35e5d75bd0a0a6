package io.portico.gateway.execute.mapping;

import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlException;
import java.time.Duration;
import java.util.Map;

/**
 * Renders mapping templates: {@code $input} is the body given and the parameters of the request,
 * {@code $context} the invocation with what earlier templates overrode.
 */
public final class MappingTemplates {
  /** A template that needs longer is hostile or broken; AWS names no limit. */
  private static final long MOST_NANOS = Duration.ofSeconds(3).toNanos();

  private MappingTemplates() {}

  /**
   * The result of a template.
   *
   * @param body the client's body for a request template, the backend's for a response template
   * @param told what the execution log is told if the template fails
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} if the template fails or uses up its
   *     budget
   */
  public static String render(
      MappingTemplate.Parsed template,
      Payload body,
      RequestParameters parameters,
      MatchedCall match,
      String told) {
    Invocation invocation = match.invocation();
    Map<String, Object> roots =
        Map.of(
            "input", new InputObject(body, parameters, template.paths()),
            "util", UtilObject.INSTANCE,
            "context", new ContextObject(invocation),
            "stageVariables", new StageVariablesObject(match.stage().variables()));
    long now = System.nanoTime();
    long left = Math.min(invocation.deadlineNanos() - now, MOST_NANOS);
    ComputeTime time = new ComputeTime(now + left, invocation.carrier());
    int outputLimit = (int) Math.min(match.stage().payloadLimit(), Integer.MAX_VALUE);
    Bound iterations = match.stage().limits().iterations();
    Budget budget = new Budget(time, outputLimit, iterations.most());
    invocation.observations().trail().rendering(told, body);
    try {
      String text = template.template().render(roots, budget);
      invocation.tellOf(text.length());
      invocation.observations().trail().rendered(text);
      if (budget.longestLoop() > iterations.told()) {
        invocation.overruns().iterations(match.stage(), budget.longestLoop());
      }
      return text;
    } catch (VtlException e) {
      throw GatewayFault.misconfigured(
          FaultCause.TEMPLATE_FAILED, told, "a template failed: " + e.getMessage());
    }
  }
}
