package io.portico.gateway.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.path.NodePath;
import io.portico.gateway.compute.Carrier;
import org.jspecify.annotations.Nullable;

/** Whether an instance is valid and, if it is not, the first place where it is wrong. */
final class Judgement extends Evaluation {
  private @Nullable Place first;

  Judgement(ExecutionConfig config, Carrier carrier) {
    super(config, carrier);
  }

  /** The first place where the instance is wrong; null if none was found. */
  @Nullable Place first() {
    return first;
  }

  @Override
  void failed(Error error) {
    FailedKeyword keyword = FailedKeyword.of(error.getEvaluationPath());
    Place place = Place.of(error.getInstanceLocation(), keyword.depth());
    if (first == null || place.compareTo(first) < 0) {
      first = place;
    }
  }

  /** Ends where nothing can change any more; not within a keyword, which would log it. */
  @Override
  public void evaluationPathAddLast(String keyword) {
    if (first != null && first.isRoot()) {
      throw new DecidedException();
    }
    super.evaluationPathAddLast(keyword);
  }

  @Override
  void unknownFormat(String name, NodePath location) {
    // Makes nothing invalid.
  }

  /** No place comes before that which is found. */
  static final class DecidedException extends RuntimeException {
    DecidedException() {
      super("the instance is known to be invalid", null, false, false);
    }
  }
}
