package io.portico.bench.micro;

import io.portico.bench.process.BenchFailure;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.mapping.MappingTemplates;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MappingTemplate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Mapping templates</b>: VTL over a body, which is parsed when the template first asks. */
@State(Scope.Thread)
public class TemplateBenchmark {
  private final Order order = new Order();
  private final byte[] body = Order.bytes();
  private final MappingTemplate.Parsed template = template();

  @Benchmark
  @Part("VTL: a template of 1 KB with a loop of four, a JSON body of " + Order.BYTES + " bytes")
  public String render() {
    return MappingTemplates.render(
        template,
        new Payload(body),
        order.request.parameters(),
        order.match,
        "Unable to transform request");
  }

  private MappingTemplate.Parsed template() {
    if (order.match.method().integration() instanceof IntegrationSnapshot.Http http
        && http.request().templates().get("application/json")
            instanceof MappingTemplate.Parsed parsed) {
      return parsed;
    }
    throw new BenchFailure("the template of an order was not compiled");
  }
}
