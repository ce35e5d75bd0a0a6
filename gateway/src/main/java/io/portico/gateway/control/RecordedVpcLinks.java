package io.portico.gateway.control;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** The VPC links of an account in a region, of both versions, as they are recorded. */
public final class RecordedVpcLinks implements VpcLinks {
  private final RecordReader records;
  private final String scope;

  /**
   * @param scope {@code account/region}
   */
  public RecordedVpcLinks(RecordReader records, String scope) {
    this.records = records;
    this.scope = scope;
  }

  @Override
  public @Nullable Link find(String id) {
    return records
        .find(RecordTypes.VPC_LINK, scope, id)
        .map(link -> new Link(link.status(), link.targetArns().getFirst()))
        // One of version 2 is ready as soon as it is there.
        .or(() -> records.find(V2RecordTypes.VPC_LINK, scope, id).map(_ -> Link.available(null)))
        .orElse(null);
  }
}
