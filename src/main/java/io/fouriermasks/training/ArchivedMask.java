package io.fouriermasks.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.spectrum.FourierMask;

/**
 * What an archive holds of a mask, whatever its kind.
 *
 * @param mask as it was trained
 * @param invariance one value a step or an epoch; empty if it is not there
 * @param sparsity one value a step or an epoch; empty if it is not there
 * @param accuracy through the mask, one value an epoch; empty if it is not there
 * @param meta JSON object: kind, model, settings, outcome
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ArchivedMask(
    FourierMask mask, float[] invariance, float[] sparsity, float[] accuracy, JsonNode meta) {}
