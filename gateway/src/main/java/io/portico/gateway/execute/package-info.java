/**
 * The data plane's front door: host and path to stage to pipeline, and what all pipelines share.
 *
 * <p>Reads snapshots, keeps runtime state, never sees records, compiler, store or control plane.
 */
@NullMarked
package io.portico.gateway.execute;

import org.jspecify.annotations.NullMarked;
