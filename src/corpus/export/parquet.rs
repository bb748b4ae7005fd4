//! Parquet by its column writer: decimals as decimals, not as floats.

use super::{Column, Kind, SCALE, Sink, Value};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use std::fs::File;
use std::io::{Error, Result};
use std::path::Path;
use std::sync::Arc;

/// Rows of one row group.
const GROUP: usize = 1 << 16;
/// Bytes of text of one row group, about.
const TEXT: usize = 32 << 20;

/// A parquet file.
pub(super) struct Parquet {
    writer: SerializedFileWriter<File>,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

/// The values of a column that are not null, and for each row whether it has one.
struct Buffer {
    values: Values,
    levels: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Decimal(Vec<FixedLenByteArray>),
    Real(Vec<f64>),
    Flag(Vec<bool>),
}

impl Parquet {
    pub fn new(path: &Path, name: &str, columns: &[Column]) -> Result<Self> {
        let fields = columns.iter().map(field).collect::<std::result::Result<_, _>>();
        let schema = fields.and_then(|fields| {
            Type::group_type_builder(name).with_fields(fields).build().map(Arc::new)
        });
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("gouji ", env!("CARGO_PKG_VERSION")).to_string())
            .build();
        let file = File::create(path)?;
        let writer = SerializedFileWriter::new(file, schema.map_err(other)?, Arc::new(properties));
        let columns = columns.iter().map(|column| Buffer::new(column.kind)).collect();
        Ok(Self { writer: writer.map_err(other)?, columns, rows: 0, bytes: 0 })
    }

    fn flush(&mut self) -> std::result::Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for buffer in &mut self.columns {
            if let Some(mut column) = group.next_column()? {
                buffer.write(&mut column)?;
                column.close()?;
            }
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Sink for Parquet {
    fn row(&mut self, row: &[Value]) -> Result<()> {
        for (buffer, value) in self.columns.iter_mut().zip(row) {
            if let Value::Text(text) = value {
                self.bytes += text.len();
            }
            buffer.push(value);
        }
        self.rows += 1;
        match self.rows >= GROUP || self.bytes >= TEXT {
            true => self.flush().map_err(other),
            false => Ok(()),
        }
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        if self.rows > 0 {
            self.flush().map_err(other)?;
        }
        self.writer.close().map(|_| ()).map_err(other)
    }
}

impl Buffer {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Decimal => Values::Decimal(Vec::new()),
            Kind::Real => Values::Real(Vec::new()),
            Kind::Flag => Values::Flag(Vec::new()),
        };
        Self { values, levels: Vec::new() }
    }

    fn push(&mut self, value: &Value) {
        let known = match (&mut self.values, value) {
            (Values::Text(values), Value::Text(text)) => {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }
            (Values::Integer(values), Value::Integer(number)) => {
                values.push(*number);
                true
            }
            (Values::Decimal(values), Value::Decimal(number)) => match unscaled(*number) {
                Some(number) => {
                    let bytes = number.to_be_bytes().to_vec();
                    values.push(FixedLenByteArray::from(ByteArray::from(bytes)));
                    true
                }
                None => false,
            },
            (Values::Real(values), Value::Real(number)) => {
                values.push(*number);
                true
            }
            (Values::Flag(values), Value::Flag(flag)) => {
                values.push(*flag);
                true
            }
            _ => false,
        };
        self.levels.push(i16::from(known));
    }

    fn write(
        &mut self,
        column: &mut SerializedColumnWriter<'_>,
    ) -> std::result::Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Text(values) => {
                column.typed::<ByteArrayType>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Integer(values) => {
                column.typed::<Int64Type>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Decimal(values) => {
                column.typed::<FixedLenByteArrayType>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Real(values) => {
                column.typed::<DoubleType>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Flag(values) => {
                column.typed::<BoolType>().write_batch(values, levels, None)?;
                values.clear();
            }
        }
        self.levels.clear();
        Ok(())
    }
}

/// The number times 10^12; `None` where that is not whole or too large.
fn unscaled(number: rust_decimal::Decimal) -> Option<i128> {
    let number = number.normalize();
    let shift = SCALE.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10i128.checked_pow(shift)?)
}

fn field(column: &Column) -> std::result::Result<Arc<Type>, ParquetError> {
    let physical = match column.kind {
        Kind::Text => Physical::BYTE_ARRAY,
        Kind::Integer => Physical::INT64,
        Kind::Decimal => Physical::FIXED_LEN_BYTE_ARRAY,
        Kind::Real => Physical::DOUBLE,
        Kind::Flag => Physical::BOOLEAN,
    };
    let field =
        Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    let field = match column.kind {
        Kind::Text => field.with_logical_type(Some(LogicalType::String)),
        Kind::Decimal => field
            .with_length(16)
            .with_precision(38)
            .with_scale(SCALE as i32)
            .with_logical_type(Some(LogicalType::decimal(SCALE as i32, 38))),
        _ => field,
    };
    field.build().map(Arc::new)
}

fn other(error: ParquetError) -> Error {
    match error {
        ParquetError::External(error) => match error.downcast::<Error>() {
            Ok(error) => *error,
            Err(error) => Error::other(error),
        },
        error => Error::other(error),
    }
}
