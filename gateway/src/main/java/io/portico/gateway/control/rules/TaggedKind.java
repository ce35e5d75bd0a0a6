package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;

/** Finds what ARNs name, of one kind of things that have tags. */
@FunctionalInterface
public interface TaggedKind {
  /**
   * What an ARN of the caller's names, or null where it names none of this kind.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException in AWS's words if it names one
   *     that is not there
   */
  @Nullable Tagged find(RecordReader records, OperationCall call, ResourceArn arn);
}
