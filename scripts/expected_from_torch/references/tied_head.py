"""The head of a LlamaForCausalLM without layers, which transformers ties to its embedding or leaves untied."""

from transformers import LlamaForCausalLM

import llama


def tied_head(h, embedding, lm_head, tied, rows, vocab, dim):
    model = LlamaForCausalLM(llama.config(hidden=dim, layers=0, vocab=vocab, tied=tied))
    state = {"model.embed_tokens.weight": embedding.reshape(vocab, dim)}
    if not tied:
        # The file of a tied model has no head.
        state["lm_head.weight"] = lm_head.reshape(vocab, dim)
    model.load_state_dict(state, strict=False)
    return model.lm_head(h.reshape(rows, dim)).reshape(-1)
