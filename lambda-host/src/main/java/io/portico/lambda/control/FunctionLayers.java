package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.LayerUse;
import io.portico.lambda.model.LayerVersionRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers that a function's configuration names, found or refused. AWS: texts are reported by
 * users of AWS's clients, unless something else is said.
 */
final class FunctionLayers {
  /** AWS: source: documented, Lambda quotas: "Function layers". */
  private static final int MOST = 5;

  private FunctionLayers() {}

  /**
   * Finds them.
   *
   * @param arns of layer versions, in the order in which they are laid one over the other
   */
  static List<LayerUse> find(RecordReader records, FunctionId function, List<String> arns) {
    if (arns.size() > MOST) {
      // AWS: its words are inferred.
      throw LambdaErrors.invalidParameter("Cannot reference more than " + MOST + " layers.");
    }
    List<LayerUse> found = new ArrayList<>();
    Map<LayerId, String> known = new HashMap<>();
    for (String arn : arns) {
      LayerId.Version version = LayerId.ofArn(arn);
      if (version == null) {
        // Layers of AWS's own (awslayer) are not here.
        throw missing(arn);
      }
      if (!version.layer().region().equals(function.region())) {
        throw LambdaErrors.invalidParameter(
            "Layers are not in the same region as the function. Layers are expected to be in region "
                + function.region()
                + ".");
      }
      String other = known.put(version.layer(), arn);
      if (other != null) {
        throw LambdaErrors.invalidParameter(
            ("Two different versions of the same layer are not allowed to be referenced in the same"
                    + " function. %s and %s are versions of the same layer.")
                .formatted(arn, other));
      }
      LayerFinder.checkShared(records, version, function.accountId());
      LayerVersionRecord layer = LayerFinder.find(records, version).orElseThrow(() -> missing(arn));
      found.add(new LayerUse(version.arn(), layer.code()));
    }
    return List.copyOf(found);
  }

  private static RuntimeException missing(String arn) {
    return LambdaErrors.invalidParameter("Layer version " + arn + " does not exist.");
  }

  /** Refuses more than a function may have, with its layers. */
  static void checkSize(VersionRecord version) {
    List<LayerUse> layers = version.configuration().layers();
    long inLayers = layers.stream().mapToLong(layer -> layer.code().unzippedSize()).sum();
    if (inLayers > AccountLimits.CODE_SIZE_UNZIPPED) {
      throw LambdaErrors.invalidParameter(
          "Layers consume more than the available size of %d bytes"
              .formatted(AccountLimits.CODE_SIZE_UNZIPPED));
    }
    long all = inLayers + version.code().unzippedSize();
    if (all > AccountLimits.CODE_SIZE_UNZIPPED) {
      throw LambdaErrors.invalidParameter(
          ("Function code combined with layers exceeds the maximum allowed size of %d bytes. The"
                  + " actual size is %d bytes.")
              .formatted(AccountLimits.CODE_SIZE_UNZIPPED, all));
    }
  }
}
