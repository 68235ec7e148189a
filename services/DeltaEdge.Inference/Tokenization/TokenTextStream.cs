using System.Buffers;
using System.Text;

namespace DeltaEdge.Inference.Tokenization;

/// <summary>
/// Turns one answer's tokens into text as they come. Holds back bytes until they make a whole character, drops the space that the
/// first word mark leaves, and replaces broken sequences by U+FFFD. A whole-word token costs no allocation.
/// </summary>
internal struct TokenTextStream(BpeTokenizer tokenizer)
{
    private uint _pending; // Up to three bytes of an unfinished character, first byte lowest.
    private int _pendingLength;
    private bool _started;

    /// <summary>The text that this token completes; often "".</summary>
    public string Next(int token)
    {
        if (tokenizer.IsSpecial(token))
        {
            return "";
        }

        var value = tokenizer.ByteOf(token);
        if (value >= 0)
        {
            return Begin(AddByte((byte)value));
        }

        var text = tokenizer.TextOf(token);
        return Begin(_pendingLength == 0 ? text : Finish() + text);
    }

    /// <summary>What is left when the answer has ended inside a character.</summary>
    public string Finish()
    {
        if (_pendingLength == 0)
        {
            return "";
        }

        _pendingLength = 0;
        return "\uFFFD";
    }

    private string AddByte(byte value)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < _pendingLength; i++)
        {
            bytes[i] = (byte)(_pending >> (8 * i));
        }

        bytes[_pendingLength++] = value;
        var text = "";
        while (_pendingLength > 0)
        {
            var status = Rune.DecodeFromUtf8(bytes[.._pendingLength], out var rune, out var consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            text += rune.ToString(); // U+FFFD when the bytes are invalid.
            bytes[consumed..].CopyTo(bytes);
            _pendingLength -= consumed;
        }

        _pending = 0;
        for (var i = 0; i < _pendingLength; i++)
        {
            _pending |= (uint)bytes[i] << (8 * i);
        }

        return text;
    }

    private string Begin(string text)
    {
        if (_started || text.Length == 0)
        {
            return text;
        }

        _started = true;
        return text[0] == ' ' ? text[1..] : text;
    }
}
